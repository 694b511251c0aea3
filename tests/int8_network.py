# Copyright the catrs authors.
# SPDX-License-Identifier: Apache-2.0
"""Runs catrs' int8 networks with NumPy, for replay.py: the operators that catrs quantize writes, and no others.

Products and sums of integers are exact, and each float that follows is one rounded operation, so that logits are those of
any engine that keeps to ONNX Runtime's formulas, to the last bit: votes are equal, not only nearly so.
"""
import sys
import numpy as np
import onnx, onnx.helper, onnx.numpy_helper

F = np.float32


def is_int8(file):
    return any(entry.key == "precision" and entry.value == "int8" for entry in onnx.load(file).metadata_props)


def requantize(sums, scale, zero):
    """Codes of integer sums: one product in float32, rounded half to even."""
    return np.clip(np.rint(sums.astype(np.int32).astype(F) * scale.astype(F)) + F(zero), 0, 255).astype(np.uint8)


def product(codes, weights):
    """The product of integer matrices by the float one, which is exact where no sum passes the mantissa."""
    exact = F if 255 * 128 * weights.shape[0] < 2**24 else np.float64
    return np.rint(codes.astype(exact) @ weights.astype(exact)).astype(np.int64)


def windows(x, a, filler):
    """Windows of images with channels last: images x rows x columns x channels x rows of a window x columns of a window."""
    high, wide = a["kernel_shape"]
    top, left, bottom, right = a.get("pads", [0] * 4)
    down, across = a.get("strides", [1, 1])
    padded = np.pad(x, ((0, 0), (top, bottom), (left, right), (0, 0)), constant_values=filler)
    return np.lib.stride_tricks.sliding_window_view(padded, (high, wide), (1, 2))[:, ::down, ::across]


def quantize_linear(a, x, scale, zero):
    return np.clip(np.rint(x / scale) + zero.astype(F), 0, 255).astype(np.uint8)


def convolve(a, x, scale, zero, w, w_scale, w_zero, y_scale, y_zero, bias=None):
    assert a["channels_last"] == 1 and a.get("group", 1) == 1 and not w_zero.any() and max(a.get("dilations", [1])) == 1
    seen = windows(x, {**a, "kernel_shape": w.shape[2:]}, zero).astype(np.int16) - int(zero)
    sums = product(seen.reshape(-1, w[0].size), w.reshape(len(w), -1).T) + (0 if bias is None else bias)
    return requantize(sums, scale * w_scale / y_scale, y_zero).reshape(*seen.shape[:3], len(w))


def multiply(a, x, scale, zero, w, w_scale, w_zero, bias=None, y_scale=None, y_zero=None):
    assert not w_zero.any() and a.get("transA", 0) == a.get("transB", 0) == 0 and a.get("alpha", 1) == 1
    sums = product(x.astype(np.int16) - int(zero), w) + (0 if bias is None else bias)
    if y_scale is None:
        return sums.astype(np.int32).astype(F) * (scale * w_scale)
    return requantize(sums, scale * w_scale / y_scale, y_zero)


def average(a, x, scale, zero, y_scale, y_zero):
    assert a["channels_last"] == 1
    size = x.shape[1] * x.shape[2]
    sums = x.astype(np.int64).sum((1, 2), keepdims=True) - int(zero) * size
    return requantize(sums, scale / (y_scale * F(size)), y_zero)


def add(a, x, x_scale, x_zero, y, y_scale, y_zero, scale, zero):
    one, other = x_scale / scale, y_scale / scale
    fixed = F(zero) - (one * F(x_zero) + other * F(y_zero))
    return np.clip(np.rint(x.astype(F) * one + (y.astype(F) * other + fixed)), 0, 255).astype(np.uint8)


def reshape(a, x, sizes):
    return x.reshape([x.shape[i] if size == 0 else size for i, size in enumerate(sizes.tolist())])


OPERATORS = {
    "Sub": lambda a, x, y: x - y, "Div": lambda a, x, y: x / y, "QuantizeLinear": quantize_linear, "Reshape": reshape,
    "Transpose": lambda a, x: x.transpose(a["perm"]), "QLinearConv": convolve, "QGemm": multiply,
    "NhwcMaxPool": lambda a, x: windows(x, a, 0).max((-2, -1)), "QLinearGlobalAveragePool": average, "QLinearAdd": add,
}


def network(file):
    graph = onnx.load(file).graph
    weights = {w.name: onnx.numpy_helper.to_array(w) for w in graph.initializer}
    source = next(i.name for i in graph.input if i.name not in weights)
    nodes = [(n, {a.name: onnx.helper.get_attribute_value(a) for a in n.attribute}) for n in graph.node]
    unknown = {n.op_type for n, _ in nodes} - OPERATORS.keys()
    if unknown:
        sys.exit(f"{file} has the operators {sorted(unknown)}, which this program does not know")

    def run(images):
        values = {**weights, source: images}
        for node, attributes in nodes:
            values[node.output[0]] = OPERATORS[node.op_type](attributes, *[values[name] for name in node.input if name])
        return values[graph.output[0].name]
    return run
