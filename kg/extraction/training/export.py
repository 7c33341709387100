"""A trained network in, one ONNX graph out: in fp32 to compare with, and with its weights in 8 bits to ship.

Weights only are made small (8 bits in blocks of 128 with a scale each; word embeddings with a scale a row), activations
stay as they are. Plain dynamic int8 would scale activations over a whole batch, so that what a document yields would
depend on its neighbours. The matrices are made fp32 again when the graph is loaded: onnxruntime's own 8-bit product
(MatMulNBits) ran at two thirds of the speed on a processor without 8-bit instructions, and rounds activations as well.
"""

from pathlib import Path

import numpy as np
import torch

from kg.extraction.training.network import Network

INPUTS = ("pieces", "shapes", "firsts", "forced")
WORDS = (
    "upos",
    "xpos",
    "feats",
    "lemma",
    "deprel",
    "head",
    "start",
    "entity",
    "arc",
    "second",
    "second_deprel",
    "case",
    "part",
    "incident",
    "vectors",
)
PREDICATES = ("predicate_window", "predicate_word", "predicate", "role", "role_probability", "sense")
OUTPUTS = WORDS + PREDICATES
BLOCK = 128
SMALLEST = 10_000
"""Smaller matrices stay in fp32: there is nothing to gain."""
OPSET = 17


def export(network: Network, path: Path) -> None:
    """Writes the graph in fp32."""
    network = network.eval()
    long = torch.long
    example = (
        torch.randint(5, 100, (2, 12)),
        torch.ones(2, 12, dtype=long),
        torch.arange(1, 7)[None].repeat(2, 1),
        torch.zeros(2, 6, dtype=long),
    )
    axes = {name: {0: "windows", 1: "pieces" if name in ("pieces", "shapes") else "words"} for name in INPUTS + WORDS}
    axes["arc"][2] = "heads"
    axes |= {name: {0: "predicates"} for name in PREDICATES}
    axes["role"][1] = axes["role_probability"][1] = "words"
    torch.onnx.export(
        network,
        example,
        str(path),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes=axes,
        opset_version=OPSET,
        dynamo=False,
    )


def save_heads(network: Network, path: Path) -> None:
    """Writes the heads that read whole documents, for numpy, in 16 bits: ``coreference.…`` and ``relations.…``."""
    modules = {
        "coreference.anaphor": network.anaphor, "coreference.antecedent": network.antecedent,
        "coreference": network.pairs, "relations": network.relations,
    }  # fmt: skip
    arrays = {
        f"{name}.{key}": value.numpy().astype(np.float16)
        for name, module in modules.items()
        for key, value in module.state_dict().items()
    }
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]


def shrink(path: Path, small: Path) -> None:
    """Writes the graph of ``path`` with its weights in 8 bits; the weights lie inside the one file."""
    import onnx

    model = onnx.load(str(path))
    _shrink_embeddings(model)
    weights = {t.name: t for t in model.graph.initializer}
    for name in sorted({n.input[1] for n in model.graph.node if n.op_type == "MatMul" and n.input[1] in weights}):
        if int(np.prod(weights[name].dims)) >= SMALLEST:
            _shrink_matrix(model, weights[name])
    onnx.checker.check_model(model)
    onnx.save_model(model, str(small), save_as_external_data=False)


def _shrink_matrix(model: "onnx.ModelProto", matrix: "onnx.TensorProto") -> None:  # type: ignore[name-defined]  # noqa: F821
    """A matrix (K, N) as int8 in blocks of :data:`BLOCK` along K, each column of a block with its scale.

    Cast, Mul and Reshape of constants give the matrix back; onnxruntime does that once, when it loads the graph.
    """
    from onnx import TensorProto, helper, numpy_helper

    values = numpy_helper.to_array(matrix)
    rows, columns = values.shape
    block = BLOCK if rows % BLOCK == 0 else rows
    blocks = values.reshape(rows // block, block, columns)
    scales = (np.abs(blocks).max(axis=1, keepdims=True) / 127).astype(np.float32)
    scales[scales == 0] = 1
    name, graph = matrix.name, model.graph
    graph.initializer.remove(matrix)
    graph.initializer.extend(
        [
            numpy_helper.from_array(np.clip(np.rint(blocks / scales), -127, 127).astype(np.int8), f"{name}/int8"),
            numpy_helper.from_array(scales, f"{name}/scales"),
            numpy_helper.from_array(np.array([rows, columns], dtype=np.int64), f"{name}/shape"),
        ]
    )
    nodes = [
        helper.make_node("Cast", [f"{name}/int8"], [f"{name}/float"], to=TensorProto.FLOAT),
        helper.make_node("Mul", [f"{name}/float", f"{name}/scales"], [f"{name}/blocks"]),
        helper.make_node("Reshape", [f"{name}/blocks", f"{name}/shape"], [name]),
    ]
    for k, node in enumerate(nodes):
        graph.node.insert(k, node)


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
    graph.initializer.extend(
        [numpy_helper.from_array(rows, "embedding_rows"), numpy_helper.from_array(scales, "embedding_scales")]
    )
    graph.node.remove(gather)
    nodes = [
        helper.make_node("Gather", ["embedding_rows", ids], ["embedding_row"], axis=0),
        helper.make_node("Cast", ["embedding_row"], ["embedding_row_float"], to=TensorProto.FLOAT),
        helper.make_node("Gather", ["embedding_scales", ids], ["embedding_scale"], axis=0),
        helper.make_node("Mul", ["embedding_row_float", "embedding_scale"], [out]),
    ]
    for k, node in enumerate(nodes):
        graph.node.insert(position + k, node)
