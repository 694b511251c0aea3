#!/usr/bin/python3
# Copyright the catrs authors.
# SPDX-License-Identifier: Apache-2.0
"""Writes the small networks that the tests of inference open, beside itself.

needs: python3-onnx, python3-numpy
"""
import os
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

HERE = os.path.dirname(os.path.abspath(__file__))
RANDOM = np.random.default_rng(1)


def weights(name, *shape):
    return numpy_helper.from_array((RANDOM.standard_normal(shape) / 5).astype(np.float32), name)


def tensor(name, *shape, dtype=TensorProto.FLOAT):
    return helper.make_tensor_value_info(name, dtype, shape)


def save(name, nodes, inputs, outputs, initializers=(), metadata=None, **options):
    graph = helper.make_graph(nodes, name, inputs, outputs, list(initializers))
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], producer_name="catrs")
    model.ir_version = 8
    helper.set_model_props(model, metadata or {})
    onnx.save(model, os.path.join(HERE, name + ".onnx"), **options)


def convolutional(name, batch, **options):
    nodes = [helper.make_node("Conv", ["image", "w1", "b1"], ["c1"], kernel_shape=[3, 3]),
             helper.make_node("Relu", ["c1"], ["r1"]),
             helper.make_node("MaxPool", ["r1"], ["p1"], kernel_shape=[2, 2], strides=[2, 2]),
             helper.make_node("Flatten", ["p1"], ["flat"]),
             helper.make_node("Gemm", ["flat", "w2", "b2"], ["logits"], transB=1)]
    save(name, nodes, [tensor("image", batch, 1, 12, 12)], [tensor("logits", batch, 5)],
         [weights("w1", 10, 1, 3, 3), weights("b1", 10), weights("w2", 5, 250), weights("b2", 5)],
         {"sigma": "0.5", "method": "none"}, **options)


def per_image(name, nodes, classes=3, initializers=()):
    save(name, nodes, [tensor("image", "batch", 1, 1, 3)], [tensor("logits", "batch", classes)], initializers)


def main():
    convolutional("convolutional", "batch")
    convolutional("fixed-batch", 7)
    convolutional("external-data", "batch", save_as_external_data=True, location="external-data.bin", size_threshold=0)
    os.remove(os.path.join(HERE, "external-data.bin"))
    with open(os.path.join(HERE, "convolutional.onnx"), "rb") as whole, \
            open(os.path.join(HERE, "truncated.onnx"), "wb") as part:
        part.write(whole.read(1000))

    flatten = helper.make_node("Flatten", ["image"], ["logits"])
    per_image("identity", [flatten])
    per_image("not-a-number", [helper.make_node("Flatten", ["image"], ["flat"]),
                               helper.make_node("Sqrt", ["flat"], ["logits"])])
    zero = numpy_helper.from_array(np.zeros(1, np.float32), "zero")
    per_image("all-equal", [helper.make_node("Flatten", ["image"], ["flat"]),
                            helper.make_node("Mul", ["flat", "zero"], ["logits"])], initializers=[zero])
    one_class = [helper.make_node("Flatten", ["image"], ["flat"]),
                 helper.make_node("ReduceMean", ["flat"], ["logits"], axes=[1])]
    per_image("one-class", one_class, "classes")
    shape = numpy_helper.from_array(np.array([1, 3], np.int64), "shape")
    per_image("one-image", [helper.make_node("Reshape", ["image", "shape"], ["logits"])], initializers=[shape])

    # No fixed functions of an image: its logits depend on the other images of the batch, or on chance.
    per_image("batch-mean", [helper.make_node("Flatten", ["image"], ["flat"]),
                             helper.make_node("ReduceMean", ["flat"], ["mean"], axes=[0]),
                             helper.make_node("Sub", ["flat", "mean"], ["logits"])])
    per_image("range-quantized", [helper.make_node("Flatten", ["image"], ["flat"]),
                                  helper.make_node("DynamicQuantizeLinear", ["flat"], ["bytes", "scale", "zero"]),
                                  helper.make_node("DequantizeLinear", ["bytes", "scale", "zero"], ["logits"])])
    per_image("random", [helper.make_node("Flatten", ["image"], ["flat"]),
                         helper.make_node("RandomNormalLike", ["flat"], ["noise"]),
                         helper.make_node("Add", ["flat", "noise"], ["logits"])])

    image, logits = tensor("image", "batch", 1, 1, 3), tensor("logits", "batch", 3)
    save("two-inputs", [helper.make_node("Add", ["image", "noise"], ["sum"]), helper.make_node("Flatten", ["sum"], ["logits"])],
         [image, tensor("noise", "batch", 1, 1, 3)], [logits])
    save("two-outputs", [flatten, helper.make_node("Relu", ["image"], ["other"])],
         [image], [logits, tensor("other", "batch", 1, 1, 3)])
    save("uint8-input", [helper.make_node("Cast", ["image"], ["cast"], to=TensorProto.FLOAT),
                         helper.make_node("Flatten", ["cast"], ["logits"])],
         [tensor("image", "batch", 1, 1, 3, dtype=TensorProto.UINT8)], [logits])
    save("flat-input", [helper.make_node("Identity", ["image"], ["logits"])], [tensor("image", "batch", 3)], [logits])
    save("label-output", [helper.make_node("Flatten", ["image"], ["flat"]),
                          helper.make_node("ArgMax", ["flat"], ["label"], axis=1)],
         [image], [tensor("label", "batch", 1, dtype=TensorProto.INT64)])
    save("image-output", [helper.make_node("Relu", ["image"], ["other"])], [image], [tensor("other", "batch", 1, 1, 3)])
    save("open-size", [helper.make_node("GlobalAveragePool", ["image"], ["pooled"]),
                       helper.make_node("Flatten", ["pooled"], ["logits"])],
         [tensor("image", "batch", 3, "height", "width")], [logits])
    save("channels-last", [flatten], [tensor("image", "batch", 32, 32, 3)], [tensor("logits", "batch", 3072)])
    sequence = helper.make_tensor_sequence_value_info("logits", TensorProto.FLOAT, None)
    save("sequence-output", [helper.make_node("SequenceConstruct", ["image"], ["logits"])], [image], [sequence])


if __name__ == "__main__":
    main()
