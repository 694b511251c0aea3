// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

import static org.catrs.certifier.network.independence.SmallNetwork.FUNCTIONS;
import static org.catrs.certifier.network.independence.SmallNetwork.body;
import static org.catrs.certifier.network.independence.SmallNetwork.branch;
import static org.catrs.certifier.network.independence.SmallNetwork.call;
import static org.catrs.certifier.network.independence.SmallNetwork.graph;
import static org.catrs.certifier.network.independence.SmallNetwork.text;
import static org.catrs.schemas.onnx.OnnxParts.integer;
import static org.catrs.schemas.onnx.OnnxParts.integers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.catrs.schemas.onnx.proto.AttributeProto;
import org.catrs.schemas.onnx.proto.AttributeProto.AttributeType;
import org.catrs.schemas.onnx.proto.TensorProto;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;

/** Networks of 4x4x4 images as people bring them, or parts of such, each of which treats each image by itself. */
final class LegalNetworks {
    private LegalNetworks() {}

    static Map<String, SmallNetwork> all() {
        Map<String, SmallNetwork> all = new LinkedHashMap<>();
        convolutional(all);
        normalised(all);
        transformers(all);
        shapes(all);
        quantized(all);
        controlled(all);
        return all;
    }

    private static void convolutional(Map<String, SmallNetwork> all) {
        all.put(
                "convolution",
                images().weights("k", 6, 4, 3, 3)
                        .weights("b", 6)
                        .node("Conv", "x k b", "c")
                        .node("Relu", "c", "z"));
        all.put(
                "grouped convolution",
                images().weights("k", 4, 1, 3, 3)
                        .node("Conv", "x k", "z", integer("group", 4), integers("pads", 1, 1, 1, 1)));
        all.put(
                "padding by itself",
                images().weights("k", 4, 4, 3, 3)
                        .node("Conv", "x k", "z", text("auto_pad", "SAME_UPPER"), integers("strides", 2, 2)));
        all.put(
                "dilated convolution",
                images().weights("k", 4, 4, 2, 2).node("Conv", "x k", "z", integers("dilations", 2, 2)));
        all.put(
                "transposed convolution",
                images().weights("k", 4, 2, 3, 3).node("ConvTranspose", "x k", "z", integers("strides", 2, 2)));
        all.put(
                "residual",
                images().weights("k", 4, 4, 3, 3)
                        .node("Conv", "x k", "c", integers("pads", 1, 1, 1, 1))
                        .node("Add", "c x", "z"));
        all.put(
                "dense",
                images().weights("k", 2, 4, 1, 1)
                        .node("Conv", "x k", "c")
                        .node("Concat", "x c", "z", integer("axis", 1)));
        all.put(
                "squeeze and excitation",
                images().weights("k", 4, 4, 1, 1)
                        .node("GlobalAveragePool", "x", "p")
                        .node("Conv", "p k", "e")
                        .node("HardSigmoid", "e", "s")
                        .node("Mul", "x s", "z"));
        all.put(
                "channel shuffle",
                images().longs("in", -1, 2, 2, 4, 4)
                        .longs("out", -1, 4, 4, 4)
                        .node("Reshape", "x in", "r")
                        .node("Transpose", "r", "t", integers("perm", 0, 2, 1, 3, 4))
                        .node("Reshape", "t out", "z"));
        all.put(
                "maximum pool",
                images().node(
                                "MaxPool",
                                "x",
                                "z",
                                integers("kernel_shape", 3, 3),
                                integers("strides", 2, 2),
                                integer("ceil_mode", 1)));
        all.put(
                "average pool",
                images().node("AveragePool", "x", "z", integers("kernel_shape", 2, 2), integers("pads", 1, 1, 0, 0)));
        all.put("padded", images().longs("p", 0, 0, 1, 1, 0, 0, 1, 1).node("Pad", "x p", "z", text("mode", "reflect")));
        all.put("nearest resize", images().floats("s", List.of(4L), 1, 1, 2, 2).node("Resize", "x - s", "z"));
        all.put(
                "linear resize",
                images().floats("s", List.of(4L), 1, 1, 1.75f, 1.75f)
                        .node("Resize", "x - s", "z", text("mode", "linear")));
        all.put(
                "blocks of pixels",
                images().node("SpaceToDepth", "x", "d", integer("blocksize", 2))
                        .node("DepthToSpace", "d", "z", integer("blocksize", 2)));
        all.put(
                "ReLU6",
                images().floats("low", List.of(), 0)
                        .floats("high", List.of(), 6)
                        .node("Clip", "x low high", "z"));
        all.put("PReLU", images().weights("s", 4, 1, 1).node("PRelu", "x s", "z"));
        all.put(
                "GELU by Erf",
                images().floats("root", List.of(), 1.4142135f)
                        .floats("one", List.of(), 1)
                        .node("Div", "x root", "d")
                        .node("Erf", "d", "e")
                        .node("Add", "e one", "a")
                        .node("Mul", "x a", "z"));
        all.put(
                "channels last inside",
                images().weights("w", 4, 6)
                        .node("Transpose", "x", "t", integers("perm", 0, 2, 3, 1))
                        .node("MatMul", "t w", "m")
                        .node("Transpose", "m", "z", integers("perm", 0, 3, 1, 2)));
    }

    private static void normalised(Map<String, SmallNetwork> all) {
        all.put(
                "scaled pixels",
                images().floats("m", List.of(1L, 4L, 1L, 1L), 1, 2, 3, 4)
                        .node("Sub", "x m", "s")
                        .node("Div", "s m", "z"));
        all.put(
                "batch normalisation",
                images().weights("s", 4)
                        .weights("b", 4)
                        .weights("m", 4)
                        .floats("v", List.of(4L), 1, 2, 3, 4)
                        .node("BatchNormalization", "x s b m v", "z"));
        all.put(
                "instance normalisation",
                images().weights("s", 4).weights("b", 4).node("InstanceNormalization", "x s b", "z"));
        all.put(
                "group normalisation of the parts",
                images().longs("g", 0, 2, -1)
                        .longs("in", 0, 4, 4, 4)
                        .weights("s", 2)
                        .weights("b", 2)
                        .node("Reshape", "x g", "r")
                        .node("InstanceNormalization", "r s b", "n")
                        .node("Reshape", "n in", "z"));
        all.put(
                "layer normalisation",
                images().weights("s", 4).weights("b", 4).node("LayerNormalization", "x s b", "z"));
        all.put(
                "layer normalisation of the parts",
                images().node("ReduceMean", "x", "m", integers("axes", -1))
                        .node("Sub", "x m", "d")
                        .node("Mul", "d d", "q")
                        .node("ReduceMean", "q", "v", integers("axes", -1))
                        .node("Sqrt", "v", "r")
                        .node("Div", "d r", "z"));
        all.put("local response", images().node("LRN", "x", "z", integer("size", 3)));
        all.put("length of one", images().node("LpNormalization", "x", "z", integer("axis", 1)));
        all.put("softmax of version 11", images().operators(11).node("Softmax", "x", "z"));
        all.put("softmax along the channels", images().node("Softmax", "x", "z", integer("axis", 1)));
        all.put("dropout", images().node("Dropout", "x", "z"));
        all.put(
                "dropout told to infer",
                images().constant(bool("t", false)).floats("r", List.of(), 0.5f).node("Dropout", "x r t", "z"));
        all.put(
                "dropout of nothing",
                images().constant(bool("t", true)).floats("r", List.of(), 0).node("Dropout", "x r t", "z"));
    }

    private static void transformers(Map<String, SmallNetwork> all) {
        all.put(
                "attention",
                tokens().weights("q", 4, 4)
                        .weights("k", 4, 4)
                        .longs("h", 0, 16, 2, 2)
                        .longs("o", 0, 16, 4)
                        .node("MatMul", "t q", "a")
                        .node("MatMul", "t k", "b")
                        .node("Reshape", "a h", "ah")
                        .node("Reshape", "b h", "bh")
                        .node("Transpose", "ah", "at", integers("perm", 0, 2, 1, 3))
                        .node("Transpose", "bh", "bt", integers("perm", 0, 2, 3, 1))
                        .node("MatMul", "at bt", "s")
                        .node("Softmax", "s", "p")
                        .node("MatMul", "p at", "v")
                        .node("Transpose", "v", "vt", integers("perm", 0, 2, 1, 3))
                        .node("Reshape", "vt o", "z"));
        all.put(
                "class token",
                tokens().weights("c", 1, 1, 4)
                        .number("0", 0)
                        .longs("n", -1)
                        .node("Shape", "x", "sh")
                        .node("Gather", "sh 0", "b")
                        .longs("axis", 0)
                        .node("Unsqueeze", "b axis", "b1")
                        .longs("rest", 1, 4)
                        .node("Concat", "b1 rest", "to", integer("axis", 0))
                        .node("Expand", "c to", "e")
                        .node("Concat", "e t", "all", integer("axis", 1))
                        .weights("pos", 1, 17, 4)
                        .node("Add", "all pos", "p")
                        .node("Gather", "p 0", "z", integer("axis", 1)));
        all.put(
                "windows",
                images().longs("w", -1, 4, 2, 2, 2, 2)
                        .longs("in", -1, 4, 4)
                        .longs("out", -1, 2, 2, 2, 2, 4)
                        .longs("im", -1, 4, 4, 4)
                        .node("Reshape", "x w", "r")
                        .node("Transpose", "r", "t", integers("perm", 0, 2, 4, 3, 5, 1))
                        .node("Reshape", "t in", "k")
                        .node("Transpose", "k", "kt", integers("perm", 0, 2, 1))
                        .node("MatMul", "k kt", "s")
                        .node("Softmax", "s", "p")
                        .node("MatMul", "p k", "a")
                        .node("Reshape", "a out", "o")
                        .node("Transpose", "o", "u", integers("perm", 0, 5, 1, 3, 2, 4))
                        .node("Reshape", "u im", "z"));
        all.put(
                "shifted windows",
                images().longs("s", 1)
                        .longs("e", 100)
                        .longs("0", 0)
                        .longs("a", 2)
                        .node("Slice", "x s e a", "p")
                        .node("Slice", "x 0 s a", "q")
                        .node("Concat", "p q", "z", integer("axis", 2)));
        all.put(
                "one matrix for queries and keys",
                tokens().weights("w", 4, 8)
                        .longs("h", 0, 16, 2, 4)
                        .node("MatMul", "t w", "m")
                        .node("Reshape", "m h", "r")
                        .node("Transpose", "r", "u", integers("perm", 2, 0, 1, 3))
                        .number("0", 0)
                        .number("1", 1)
                        .node("Gather", "u 0", "a")
                        .node("Gather", "u 1", "b")
                        .node("Mul", "a b", "z"));
        all.put("einsum", images().node("Einsum", "x x", "z", text("equation", "nchw,nchv->nwv")));
    }

    private static void shapes(Map<String, SmallNetwork> all) {
        all.put(
                "flattened by its shape",
                images().number("0", 0)
                        .longs("a", 0)
                        .longs("n", -1)
                        .node("Shape", "x", "s")
                        .node("Gather", "s 0", "b")
                        .node("Unsqueeze", "b a", "u")
                        .node("Concat", "u n", "to", integer("axis", 0))
                        .node("Reshape", "x to", "z"));
        all.put(
                "batch moved about and back",
                images().node("Transpose", "x", "r", integers("perm", 2, 3, 0, 1))
                        .node("Softmax", "r", "q", integer("axis", 3))
                        .node("Transpose", "q", "z", integers("perm", 2, 3, 0, 1)));
        all.put(
                "channels in halves",
                images().node("Split", "x", "a b", integer("axis", 1))
                        .node("Sigmoid", "b", "g")
                        .node("Mul", "a g", "z"));
        all.put(
                "every second column",
                images().longs("s", 0)
                        .longs("e", 4)
                        .longs("a", 3)
                        .longs("st", 2)
                        .node("Slice", "x s e a st", "z"));
        all.put(
                "reversed rows",
                images().longs("s", -1)
                        .longs("e", -100)
                        .longs("a", 2)
                        .longs("st", -1)
                        .node("Slice", "x s e a st", "z"));
        all.put("chosen channels", images().longs("i", 3, 0).node("Gather", "x i", "z", integer("axis", 1)));
        all.put("largest channels", images().longs("k", 2).node("TopK", "x k", "z i", integer("axis", 1)));
        all.put("running sum", images().number("a", 1).node("CumSum", "x a", "z"));
        all.put("repeated", images().longs("r", 1, 2, 1, 3).node("Tile", "x r", "z"));
        all.put(
                "repeated batch, of which the first is taken",
                images().longs("r", 2, 1, 1, 1)
                        .node("Tile", "x r", "t")
                        .node("Split", "t", "z other", integer("axis", 0)));
        all.put(
                "axes of one",
                images().longs("a", 1, 3)
                        .node("Unsqueeze", "x a", "u")
                        .node("Relu", "u", "r")
                        .node("Squeeze", "r a", "z"));
        all.put(
                "chosen by comparison",
                images().floats("0", List.of(), 0)
                        .node("Greater", "x 0", "g")
                        .node("Neg", "x", "n")
                        .node("Where", "g x n", "z"));
        all.put(
                "mean over height and width",
                images().node("ReduceMean", "x", "z", integers("axes", 2, 3), integer("keepdims", 0)));
        all.put(
                "a constant for all, as long as the batch",
                images().number("0", 0)
                        .longs("a", 0)
                        .longs("rest", 1, 1, 1)
                        .node("Shape", "x", "s")
                        .node("Gather", "s 0", "b")
                        .node("Unsqueeze", "b a", "u")
                        .node("Concat", "u rest", "to", integer("axis", 0))
                        .node("ConstantOfShape", "to", "c")
                        .node("Add", "x c", "z"));
        all.put(
                "mixed, and not used",
                images().node("Softmax", "x", "dead", integer("axis", 0)).node("Relu", "x", "z"));
        all.put(
                "half precision inside",
                images().node("Cast", "x", "h", integer("to", DataType.FLOAT16_VALUE))
                        .node("Relu", "h", "r")
                        .node("Cast", "r", "z", integer("to", DataType.FLOAT_VALUE)));
    }

    private static void quantized(Map<String, SmallNetwork> all) {
        all.put(
                "quantise and dequantise",
                scales(images()).node("QuantizeLinear", "x s zp", "q").node("DequantizeLinear", "q s zp", "z"));
        all.put(
                "weights in codes",
                scales(images())
                        .bytes("k", DataType.INT8, List.of(2L, 4L, 1L, 1L), 1, 2, 3, 4, 5, 6, 7, 8)
                        .floats("ks", List.of(2L), 0.1f, 0.2f)
                        .node("DequantizeLinear", "k ks", "w", integer("axis", 0))
                        .node("QuantizeLinear", "x s zp", "q")
                        .node("DequantizeLinear", "q s zp", "d")
                        .node("Conv", "d w", "z"));
        all.put(
                "convolution of codes",
                scales(images())
                        .bytes("k", DataType.INT8, List.of(2L, 4L, 1L, 1L), 1, 2, 3, 4, 5, 6, 7, 8)
                        .floats("ks", List.of(2L), 0.1f, 0.2f)
                        .bytes("kz", DataType.INT8, List.of(2L), 0, 0)
                        .node("QuantizeLinear", "x s zp", "q")
                        .node("QLinearConv", "q s zp k ks kz s zp", "c")
                        .node("DequantizeLinear", "c s zp", "z"));
        all.put(
                "product of codes",
                scales(images())
                        .bytes("w", DataType.INT8, List.of(4L, 2L), 1, 2, 3, 4, 5, 6, 7, 8)
                        .floats("ws", List.of(), 0.1f)
                        .bytes("wz", DataType.INT8, List.of(), 0)
                        .node("QuantizeLinear", "x s zp", "q")
                        .node("QLinearMatMul", "q s zp w ws wz s zp", "m")
                        .node("DequantizeLinear", "m s zp", "z"));
        all.put(
                "integers",
                scales(images())
                        .bytes("w", DataType.INT8, List.of(4L, 2L), 1, 2, 3, 4, 5, 6, 7, 8)
                        .node("QuantizeLinear", "x s zp", "q")
                        .node("MatMulInteger", "q w zp", "m")
                        .node("Cast", "m", "z", integer("to", DataType.FLOAT_VALUE)));
        all.put(
                "class token in codes",
                scales(tokens())
                        .bytes("c8", DataType.UINT8, List.of(1L, 1L, 4L), 1, 2, 3, 4)
                        .node("DequantizeLinear", "c8 s zp", "c")
                        .node("Shape", "x", "sh")
                        .longs("0", 0)
                        .longs("1", 1)
                        .node("Slice", "sh 0 1", "b")
                        .longs("rest", 1, 4)
                        .node("Concat", "b rest", "to", integer("axis", 0))
                        .node("Expand", "c to", "e")
                        .node("Concat", "e t", "z", integer("axis", 1)));
        all.put(
                "sum of codes",
                scales(images())
                        .node("QuantizeLinear", "x s zp", "q")
                        .nodeOf("com.microsoft", "QLinearAdd", "q s zp q s zp s zp", "a")
                        .node("DequantizeLinear", "a s zp", "z"));
    }

    private static void controlled(Map<String, SmallNetwork> all) {
        all.put(
                "branch on a constant",
                images().constant(bool("c", true))
                        .node(
                                "If",
                                "c",
                                "z",
                                graph("then_branch", branch("t", call("", "Relu", "x", "t"))),
                                graph("else_branch", branch("e", call("", "RandomNormalLike", "x", "e")))));
        all.put(
                "loop of three rounds",
                images().number("n", 3)
                        .constant(bool("c", true))
                        .node("Loop", "n c x", "z", graph("body", body(call("", "Sin", "v", "vo")))));
        all.put(
                "local function",
                images().function(FUNCTIONS, "Twice", call("", "Add", "a a", "o"))
                        .nodeOf(FUNCTIONS, "Twice", "x", "z"));
        AttributeProto axis = AttributeProto.newBuilder()
                .setName("axis")
                .setType(AttributeType.INT)
                .setRefAttrName("along")
                .build();
        all.put(
                "local function with an attribute, in another",
                images().function(FUNCTIONS, "Inner", call("", "Softmax", "a", "o", axis))
                        .function(
                                FUNCTIONS,
                                "Outer",
                                call(FUNCTIONS, "Inner", "a", "m", integer("along", 1)),
                                call("", "Relu", "m", "o"))
                        .nodeOf(FUNCTIONS, "Outer", "x", "z"));
    }

    private static SmallNetwork images() {
        return new SmallNetwork(4, 4, 4);
    }

    /** With t, 16 tokens of 4 values. */
    private static SmallNetwork tokens() {
        return images().longs("flat", 0, 4, 16)
                .node("Reshape", "x flat", "f")
                .node("Transpose", "f", "t", integers("perm", 0, 2, 1));
    }

    private static SmallNetwork scales(SmallNetwork network) {
        return network.floats("s", List.of(), 0.05f).bytes("zp", DataType.UINT8, List.of(), 128);
    }

    static TensorProto bool(String name, boolean value) {
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(DataType.BOOL_VALUE)
                .addInt32Data(value ? 1 : 0)
                .build();
    }
}
