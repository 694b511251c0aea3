#!/usr/bin/env python3
# Copyright the catrs authors.
# SPDX-License-Identifier: Apache-2.0

"""Writes networks with random weights, in the forms that quantised networks are made of, with Debian's python3-onnx.

lenet.onnx     one channel, two convolutions with ReLU and 2 x 2 pooling, two matrix products: space to depth
odd.onnx       the same of 15 x 15 images, whose first pooling cannot be rewritten
residual.onnx  three channels, mean and deviation, batch normalisations, shortcuts with and without a convolution,
               strides, padding, a global mean: a small ResNet for CIFAR-10, not folded
folded.onnx    the same network as the trainer exports it: the deviation and the batch normalisations folded away
unknown.onnx   with an operator for which there is no integer one
"""

import os

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

os.chdir(os.path.dirname(os.path.abspath(__file__)))
random = np.random.default_rng(5)


class Graph:
    def __init__(self, shape):
        self.shape, self.nodes, self.constants, self.count = shape, [], [], 0

    def constant(self, name, array):
        name = f"{name}{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.asarray(array, np.float32), name))
        return name

    def add(self, operator, inputs, **attributes):
        self.count += 1
        output = f"value{self.count}"
        self.nodes.append(helper.make_node(operator, inputs, [output], **attributes))
        return output

    def conv(self, value, weight, bias=None, **attributes):
        inputs = [value, self.constant("weight", weight)] + ([] if bias is None else [self.constant("bias", bias)])
        return self.add("Conv", inputs, **attributes)

    def gemm(self, value, inputs, outputs):
        weight = random.normal(0, inputs ** -0.5, (outputs, inputs))
        return self.add("Gemm", [value, self.constant("weight", weight), self.constant("bias", random.normal(0, 0.1, outputs))], transB=1)

    def save(self, name, logits, classes):
        self.nodes[-1].output[0] = "logits"
        graph = helper.make_graph(
            self.nodes, name,
            [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["batch", *self.shape])],
            [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", classes])], self.constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        onnx.checker.check_model(model, full_check=True)
        onnx.save(model, f"{name}.onnx")


def filters(outputs, inputs, size):
    return random.normal(0, (inputs * size * size) ** -0.5, (outputs, inputs, size, size)), random.normal(0, 0.2, outputs)


def lenet(name, size):
    graph = Graph((1, size, size))
    value = graph.conv("image", *filters(6, 1, 5), kernel_shape=[5, 5])
    value = graph.add("MaxPool", [graph.add("Relu", [value])], kernel_shape=[2, 2], strides=[2, 2])
    value = graph.conv(value, *filters(10, 6, 3), kernel_shape=[3, 3])
    value = graph.add("MaxPool", [graph.add("Relu", [value])], kernel_shape=[2, 2], strides=[2, 2])
    side = ((size - 4) // 2 - 2) // 2
    value = graph.add("Relu", [graph.gemm(graph.add("Flatten", [value]), 10 * side * side, 20)])
    graph.save(name, graph.gemm(value, 20, 5), 5)


MEAN, DEVIATION = np.array([0.49, 0.48, 0.45]), np.array([0.20, 0.20, 0.21])
# Weights and statistics of each normalised convolution, the same for both forms.
LAYERS = [(8, 3, 3, 1), (8, 8, 3, 1), (8, 8, 3, 1), (16, 8, 3, 2), (16, 16, 3, 1), (16, 8, 1, 2)]
PARAMETERS = [(filters(o, i, k)[0], random.uniform(0.5, 1.5, o), random.normal(0, 0.2, o),
               random.normal(0, 0.2, o), random.uniform(0.5, 1.5, o)) for o, i, k, _ in LAYERS]
LAST = random.normal(0, 0.25, (5, 16)), random.normal(0, 0.1, 5)


def residual(name, folded):
    graph = Graph((3, 12, 12))
    value = graph.add("Sub", ["image", graph.constant("mean", MEAN.reshape(3, 1, 1))])
    if not folded:
        value = graph.add("Div", [value, graph.constant("deviation", DEVIATION.reshape(3, 1, 1))])

    def normalised(value, layer):
        weight, scale, shift, mean, variance = PARAMETERS[layer]
        if folded and layer == 0:
            weight = weight / DEVIATION.reshape(1, 3, 1, 1)
        size, stride = LAYERS[layer][2:]
        attributes = dict(kernel_shape=[size, size], strides=[stride, stride], pads=[size // 2] * 4)
        if folded:
            factor = scale / np.sqrt(variance + 1e-5)
            return graph.conv(value, weight * factor.reshape(-1, 1, 1, 1), shift - mean * factor, **attributes)
        value = graph.conv(value, weight, **attributes)
        return graph.add("BatchNormalization", [value] + [graph.constant("bn", p) for p in (scale, shift, mean, variance)])

    value = graph.add("Relu", [normalised(value, 0)])
    body = normalised(graph.add("Relu", [normalised(value, 1)]), 2)
    value = graph.add("Relu", [graph.add("Add", [body, value])])
    body = normalised(graph.add("Relu", [normalised(value, 3)]), 4)
    value = graph.add("Relu", [graph.add("Add", [body, normalised(value, 5)])])
    value = graph.add("Flatten", [graph.add("GlobalAveragePool", [value])])
    value = graph.add("Gemm", [value, graph.constant("weight", LAST[0]), graph.constant("bias", LAST[1])], transB=1)
    graph.save(name, value, 5)


def unknown():
    graph = Graph((1, 8, 8))
    value = graph.add("Sigmoid", [graph.conv("image", *filters(2, 1, 3), kernel_shape=[3, 3])])
    graph.save("unknown", graph.gemm(graph.add("Flatten", [value]), 72, 5), 5)


lenet("lenet", 16)
lenet("odd", 15)
residual("residual", False)
residual("folded", True)
unknown()
