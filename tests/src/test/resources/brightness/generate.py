# Copyright the catrs authors.
# SPDX-License-Identifier: Apache-2.0
"""Writes model.onnx and model.json beside itself: tells bright images of 3 x 8 x 8 from dark ones by their mean.

Under noise of sigma 0.5 the mean of 192 values has a standard deviation of 0.036, so a bright or dark image gets the
largest radius that the samples can show, and an image whose mean is exactly 1/2 is abstained from. Needs python3-onnx.
"""
import hashlib
import json
import pathlib

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

FOLDER = pathlib.Path(__file__).parent
SHAPE = {"channels": 3, "height": 8, "width": 8}
VALUES = 3 * 8 * 8

weights = numpy.full((VALUES, 2), 1 / VALUES, numpy.float32) * numpy.array([-1, 1], numpy.float32)
biases = numpy.array([0.5, -0.5], numpy.float32)
graph = helper.make_graph(
    [
        helper.make_node("Flatten", ["image"], ["values"], axis=1),
        helper.make_node("Gemm", ["values", "weights", "biases"], ["logits"]),
    ],
    "brightness",
    [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["batch", 3, 8, 8])],
    [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", 2])],
    [numpy_helper.from_array(weights, "weights"), numpy_helper.from_array(biases, "biases")],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
onnx.checker.check_model(model, full_check=True)
network = model.SerializeToString()
(FOLDER / "model.onnx").write_bytes(network)

manifest = {
    "name": "brightness",
    "version": "1",
    "sha256": hashlib.sha256(network).hexdigest(),
    "inputShape": SHAPE,
    "classNames": ["dark", "bright"],
    "sigma": 0.5,
    "architecture": "linear",
    "method": "by hand",
    "hyperparameters": {},
    "dataset": {"name": "none", "sha256": hashlib.sha256(b"").hexdigest(), "size": 0},
    "epochs": 0,
    "seed": 0,
    "engines": {"onnx": onnx.__version__},
}
(FOLDER / "model.json").write_text(json.dumps(manifest, indent=2) + "\n")
