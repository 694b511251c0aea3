# Copyright the catrs authors.
# SPDX-License-Identifier: Apache-2.0
"""Writes model.onnx and model.json beside itself: the class of an image of 1 x 28 x 28 is the brightest of its first ten
rows, in the mean of its 28 values. Needs python3-onnx.
"""
import hashlib
import json
import pathlib

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

FOLDER = pathlib.Path(__file__).parent

graph = helper.make_graph(
    [
        helper.make_node("ReduceMean", ["image"], ["rows"], axes=[1, 3], keepdims=0),
        helper.make_node("Slice", ["rows", "start", "end", "axis"], ["logits"]),
    ],
    "rows",
    [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["batch", 1, 28, 28])],
    [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", 10])],
    [
        numpy_helper.from_array(numpy.array([0]), "start"),
        numpy_helper.from_array(numpy.array([10]), "end"),
        numpy_helper.from_array(numpy.array([1]), "axis"),
    ],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
onnx.checker.check_model(model, full_check=True)
network = model.SerializeToString()
(FOLDER / "model.onnx").write_bytes(network)

manifest = {
    "name": "rows",
    "version": "1",
    "sha256": hashlib.sha256(network).hexdigest(),
    "inputShape": {"channels": 1, "height": 28, "width": 28},
    "classNames": ["row zero", "row one"] + [str(row) for row in range(2, 10)],
    "sigma": 0.25,
    "architecture": "mean",
    "method": "by hand",
    "hyperparameters": {},
    "dataset": {"name": "none", "sha256": hashlib.sha256(b"").hexdigest(), "size": 0},
    "epochs": 0,
    "seed": 0,
    "engines": {"onnx": onnx.__version__},
}
(FOLDER / "model.json").write_text(json.dumps(manifest, indent=2) + "\n")
