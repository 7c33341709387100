"""The language model as shipped and run: one ONNX graph, its labels, and the code that writes its output on a Doc."""
