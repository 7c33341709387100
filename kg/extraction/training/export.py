"""A trained network in, one ONNX graph out: in fp32 to compare with, and with its weights in 8 bits to ship.

Weights only are made small (MatMulNBits, blocks of 128, and the word embeddings in 8 bits with a scale a row), activations
stay as they are. Plain dynamic int8 would scale activations over a whole batch, so that what a document yields would
depend on its neighbours.
"""

from pathlib import Path

import numpy as np
import torch

from kg.extraction.training.network import Network

INPUTS = ("pieces", "shapes", "firsts", "forced")
OUTPUTS = ("upos", "xpos", "feats", "lemma", "deprel", "head", "start", "entity", "arc")
BLOCK = 128
OPSET = 17


def export(network: Network, path: Path) -> None:
    """Writes the graph in fp32."""
    network = network.eval()
    long = torch.long
    example = (
        torch.randint(5, 100, (2, 12)), torch.ones(2, 12, dtype=long), torch.arange(1, 7)[None].repeat(2, 1), torch.zeros(2, 6, dtype=long),
    )  # fmt: skip
    axes = {name: {0: "windows", 1: "pieces" if name in ("pieces", "shapes") else "words"} for name in INPUTS + OUTPUTS}
    axes["arc"][2] = "heads"
    torch.onnx.export(
        network, example, str(path), input_names=list(INPUTS), output_names=list(OUTPUTS), dynamic_axes=axes, opset_version=OPSET, dynamo=False,
    )  # fmt: skip


def shrink(path: Path, small: Path) -> None:
    """Writes the graph of ``path`` with its weights in 8 bits; the weights lie inside the one file."""
    import onnx
    from onnxruntime.quantization.matmul_nbits_quantizer import DefaultWeightOnlyQuantConfig, MatMulNBitsQuantizer

    model = onnx.load(str(path))
    _shrink_embeddings(model)
    config = DefaultWeightOnlyQuantConfig(block_size=BLOCK, is_symmetric=True, accuracy_level=4, bits=8)
    quantizer = MatMulNBitsQuantizer(model, algo_config=config)
    quantizer.process()
    onnx.save_model(quantizer.model.model, str(small), save_as_external_data=False)


def _shrink_embeddings(model: "onnx.ModelProto") -> None:  # type: ignore[name-defined]  # noqa: F821
    """The word embeddings as int8 rows, each with a scale: Gather, Cast, Mul instead of Gather."""
    from onnx import TensorProto, helper, numpy_helper

    graph = model.graph
    table = max(graph.initializer, key=lambda t: int(np.prod(t.dims)))
    weights = numpy_helper.to_array(table)
    scales = (np.abs(weights).max(axis=1, keepdims=True) / 127).astype(np.float32)
    scales[scales == 0] = 1
    rows = np.clip(np.rint(weights / scales), -127, 127).astype(np.int8)
    gather = next(node for node in graph.node if node.op_type == "Gather" and node.input[0] == table.name)
    position = list(graph.node).index(gather)
    ids, out = gather.input[1], gather.output[0]
    graph.initializer.remove(table)
    graph.initializer.extend([numpy_helper.from_array(rows, "embedding_rows"), numpy_helper.from_array(scales, "embedding_scales")])
    graph.node.remove(gather)
    nodes = [
        helper.make_node("Gather", ["embedding_rows", ids], ["embedding_row"], axis=0),
        helper.make_node("Cast", ["embedding_row"], ["embedding_row_float"], to=TensorProto.FLOAT),
        helper.make_node("Gather", ["embedding_scales", ids], ["embedding_scale"], axis=0),
        helper.make_node("Mul", ["embedding_row_float", "embedding_scale"], [out]),
    ]
    for k, node in enumerate(nodes):
        graph.node.insert(position + k, node)
