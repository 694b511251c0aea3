# Copyright the catrs authors.
# SPDX-License-Identifier: Apache-2.0
"""Runs ONNX classifiers in PyTorch, for replay.py: the operators that catrs writes, and no others."""
import math, sys
import onnx, onnx.helper, onnx.numpy_helper, torch
from torch.nn import functional


def padded(x, a, value=0.0):
    top, left, bottom, right = a.get("pads", [0] * 4)
    return functional.pad(x, (left, right, top, bottom), value=value)


OPERATORS = {
    "Add": lambda a, x, y: x + y, "Sub": lambda a, x, y: x - y, "Mul": lambda a, x, y: x * y, "Div": lambda a, x, y: x / y,
    "Conv": lambda a, x, w, b=None: functional.conv2d(padded(x, a), w, b, a.get("strides", 1), 0, a.get("dilations", 1), a.get("group", 1)),
    "Relu": lambda a, x: functional.relu(x),
    "MaxPool": lambda a, x: functional.max_pool2d(padded(x, a, -math.inf), a["kernel_shape"], a.get("strides", 1)),
    "AveragePool": lambda a, x: functional.avg_pool2d(x, a["kernel_shape"], a.get("strides", 1)),
    "GlobalAveragePool": lambda a, x: x.mean((2, 3), keepdim=True),
    "ReduceMean": lambda a, x: x.mean(a["axes"], keepdim=bool(a.get("keepdims", 1))),
    "Flatten": lambda a, x: x.flatten(a.get("axis", 1)),
    "Slice": lambda a, x, low, high, axes, steps=None: x[tuple(
        dict(zip(axes.tolist(), map(slice, low.tolist(), high.tolist()))).get(axis, slice(None)) for axis in range(x.ndim))],
    "Gemm": lambda a, x, w, b=0: x @ (w.T if a.get("transB") else w) + b,
}


def network(file):
    graph = onnx.load(file).graph
    weights = {w.name: torch.from_numpy(onnx.numpy_helper.to_array(w).copy()) for w in graph.initializer}
    source = next(i.name for i in graph.input if i.name not in weights)
    nodes = [(n, {a.name: onnx.helper.get_attribute_value(a) for a in n.attribute}) for n in graph.node]
    unknown = {n.op_type for n, _ in nodes} - OPERATORS.keys()
    if unknown:
        sys.exit(f"{file} has the operators {sorted(unknown)}, which this program does not know")

    def run(images):
        values = {**weights, source: torch.from_numpy(images)}
        for node, attributes in nodes:
            values[node.output[0]] = OPERATORS[node.op_type](attributes, *[values[name] for name in node.input])
        return values[graph.output[0].name].numpy()
    return run
