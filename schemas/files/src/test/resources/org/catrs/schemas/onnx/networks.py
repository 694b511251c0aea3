#!/usr/bin/env python3
# Copyright the catrs authors.
# SPDX-License-Identifier: Apache-2.0

"""Writes nested.onnx with Debian's python3-onnx: operators and constants at every place where a file can have them."""

import os

from onnx import AttributeProto, TensorProto, helper

os.chdir(os.path.dirname(os.path.abspath(__file__)))


def constant(name, value):
    return helper.make_tensor(name, TensorProto.FLOAT, [1], [value])


def external(name):
    tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=[1], data_location=TensorProto.EXTERNAL)
    tensor.external_data.add(key="location", value="weights.bin")
    return tensor


def branch(name, node, initializer):
    return helper.make_graph([node], name, [], [helper.make_tensor_value_info("out", TensorProto.FLOAT, [1])], [initializer])


taken = branch("taken", helper.make_node("Relu", ["inner"], ["out"]), external("inner"))
passed = branch("passed", helper.make_node("Noise", ["other"], ["out"], domain="com.example"), constant("other", 1.0))
nodes = [
    helper.make_node("If", ["condition"], ["chosen"], then_branch=taken, else_branch=passed),
    helper.make_node("Constant", [], ["three"], value=constant("three", 3.0)),
    helper.make_node("Add", ["chosen", "three"], ["logits"], domain="ai.onnx"),
]
graph = helper.make_graph(
    nodes, "nested",
    [helper.make_tensor_value_info("condition", TensorProto.BOOL, [])],
    [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch"])],
    [constant("outer", 2.0)])
model = helper.make_model(
    graph, producer_name="networks.py",
    opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid("com.example", 1)])
model.doc_string = "fields that catrs does not name are kept"
model.functions.append(helper.make_function(
    "com.example", "Noise", ["x"], ["y"], [helper.make_node("Neg", ["x"], ["y"])], [helper.make_opsetid("", 17)]))
assert AttributeProto.GRAPH == 5
with open("nested.onnx", "wb") as file:
    file.write(model.SerializeToString())
