// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.catrs.certifier.network.independence.SmallNetwork.FUNCTIONS;
import static org.catrs.certifier.network.independence.SmallNetwork.body;
import static org.catrs.certifier.network.independence.SmallNetwork.branch;
import static org.catrs.certifier.network.independence.SmallNetwork.call;
import static org.catrs.certifier.network.independence.SmallNetwork.graph;
import static org.catrs.certifier.network.independence.SmallNetwork.text;
import static org.catrs.schemas.onnx.OnnxParts.integer;
import static org.catrs.schemas.onnx.OnnxParts.integers;

import ai.onnxruntime.OrtException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.proto.TensorProto;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IndependenceTest {
    private static final int BATCH = 3;

    static Stream<Arguments> legal() {
        return LegalNetworks.all().entrySet().stream().map(each -> Arguments.of(each.getKey(), each.getValue()));
    }

    /** What they do, the node that is named, and the networks. */
    static Stream<Arguments> mixing() {
        Map<String, SmallNetwork> all = new LinkedHashMap<>();
        all.put(
                "m: mean of the batch, where it is dark",
                images().floats("0", List.of(), 0)
                        .node("ReduceMean", "x", "m", integers("axes", 0))
                        .node("ReduceMax", "m", "top", integer("keepdims", 0))
                        .node("Less", "top 0", "dark")
                        .node("Add", "x m", "a")
                        .node("Where", "dark a x", "z"));
        all.put(
                "n: random numbers, where it is dark",
                images().floats("0", List.of(), 0)
                        .node("RandomNormalLike", "x", "n")
                        .node("Less", "x 0", "dark")
                        .node("Where", "dark n x", "z"));
        all.put(
                "e: random numbers in a branch",
                images().floats("0", List.of(), 0)
                        .longs("first", 0)
                        .constant(LegalNetworks.bool("c", true))
                        .node("And", "c c", "both")
                        .node("Cast", "both", "f", integer("to", 1))
                        .node("Exp", "f", "p")
                        .node("Greater", "p 0", "g")
                        .node(
                                "If",
                                "g",
                                "z",
                                graph("then_branch", branch("t", call("", "Relu", "x", "t"))),
                                graph("else_branch", branch("e", call("", "RandomNormalLike", "x", "e")))));
        all.put(
                "q: scale by the range of the batch, behind a clip",
                images().floats("l", List.of(), 0)
                        .floats("h", List.of(), 1)
                        .node("Clip", "x l h", "c")
                        .node("DynamicQuantizeLinear", "c", "q s zp")
                        .node("DequantizeLinear", "q s zp", "z"));
        all.put(
                "z: reversed batch",
                images().longs("s", -1)
                        .longs("e", -100)
                        .longs("a", 0)
                        .longs("st", -1)
                        .node("Slice", "x s e a st", "z"));
        all.put(
                "p: rolled batch",
                images().longs("1", 1)
                        .longs("0", 0)
                        .longs("e", 1L << 40)
                        .node("Slice", "x 1 e 0", "p")
                        .node("Slice", "x 0 1 0", "q")
                        .node("Concat", "p q", "z", integer("axis", 0)));
        all.put(
                "g: first image for all",
                images().number("0", 0).node("Gather", "x 0", "g").node("Add", "x g", "z"));
        all.put("z: sorted batch", images().longs("k", BATCH).node("TopK", "x k", "z i", integer("axis", 0)));
        all.put("z: running sum over the batch", images().number("a", 0).node("CumSum", "x a", "z"));
        all.put(
                "m: shaped so that images meet",
                images().longs("s", 4, BATCH, 16)
                        .node("Reshape", "x s", "r")
                        .node("ReduceMean", "r", "m", integers("axes", 2))
                        .node("Sub", "r m", "d")
                        .node("Shape", "x", "sh")
                        .node("Reshape", "d sh", "z"));
        all.put(
                "q: a scale for each image",
                images().weights("s", BATCH)
                        .weights("b", BATCH)
                        .node("Transpose", "x", "r", integers("perm", 1, 0, 2, 3))
                        .node("InstanceNormalization", "r s b", "q")
                        .node("Transpose", "q", "z", integers("perm", 1, 0, 2, 3)));
        all.put("z: normalised over the batch by default", images().node("MeanVarianceNormalization", "x", "z"));
        all.put(
                "z: normalised by the batch, as in training",
                images().weights("s", 4)
                        .weights("b", 4)
                        .weights("m", 4)
                        .floats("v", List.of(4L), 1, 2, 3, 4)
                        .node("BatchNormalization", "x s b m v", "z mean var", integer("training_mode", 1)));
        all.put("z: softmax over the batch", images().node("Softmax", "x", "z", integer("axis", 0)));
        all.put(
                "z: softmax over all, in version 11",
                images().operators(11).node("Softmax", "x", "z", integer("axis", 0)));
        all.put(
                "z: a constant for each place",
                images().weights("k", BATCH, 1, 1, 1).node("Add", "x k", "z"));
        all.put(
                "z: places counted",
                images().number("0", 0)
                        .number("1", 1)
                        .longs("to", -1, 1, 1, 1)
                        .node("Shape", "x", "s")
                        .node("Gather", "s 0", "n")
                        .node("Range", "0 n 1", "r")
                        .node("Cast", "r", "f", integer("to", 1))
                        .node("Reshape", "f to", "k")
                        .node("Add", "x k", "z"));
        all.put(
                "g: every image with every other",
                images().node("Flatten", "x", "f")
                        .node("Transpose", "f", "t")
                        .node("MatMul", "f t", "g")
                        .node("MatMul", "g f", "z"));
        all.put(
                "q: a filter for each place",
                images().weights("k", 4 * BATCH, 1, 1, 1)
                        .longs("s", 1, 4 * BATCH, 4, 4)
                        .node("Reshape", "x s", "r")
                        .node("Conv", "r k", "q", integer("group", 4 * BATCH))
                        .node("Shape", "x", "sh")
                        .node("Reshape", "q sh", "z"));
        all.put(
                "u: resized batch",
                images().floats("s", List.of(4L), 2, 1, 1, 1)
                        .longs("0", 0)
                        .longs("e", BATCH)
                        .node("Resize", "x - s", "u")
                        .node("Slice", "u 0 e", "z"));
        all.put(
                "e: einsum over the batch",
                images().node("Einsum", "x x", "e", text("equation", "nchw,mchw->nm"))
                        .node("Einsum", "e x", "z", text("equation", "nm,mchw->nchw")));
        all.put(
                "vo: softmax over the batch in a loop",
                images().number("n", 3)
                        .constant(LegalNetworks.bool("c", true))
                        .node(
                                "Loop",
                                "n c x",
                                "z",
                                graph("body", body(call("", "Softmax", "v", "vo", integer("axis", 0))))));
        all.put(
                "o: softmax over the batch in a function",
                images().function(FUNCTIONS, "F", call("", "Softmax", "a", "o", integer("axis", 0)))
                        .nodeOf(FUNCTIONS, "F", "x", "z"));
        all.put(
                "m: branch on the whole batch",
                images().floats("1", List.of(), 1)
                        .node("ReduceMax", "x", "m", integer("keepdims", 0))
                        .node("Greater", "m 1", "g")
                        .node(
                                "If",
                                "g",
                                "z",
                                graph("then_branch", branch("t", call("", "Relu", "x", "t"))),
                                graph("else_branch", branch("e", call("", "Neg", "x", "e")))));
        all.put(
                "nz: number of bright pixels",
                images().floats("1", List.of(), 1)
                        .node("Greater", "x 1", "g")
                        .node("NonZero", "g", "nz")
                        .node("Shape", "nz", "s")
                        .node("Cast", "s", "f", integer("to", 1))
                        .node("ReduceSum", "f", "k", integer("keepdims", 0))
                        .node("Add", "x k", "z"));
        all.put(
                "k: an image for a filter",
                images().longs("0", 0).longs("2", 2).node("Slice", "x 0 2", "k").node("Conv", "x k", "z"));
        all.put(
                "m: scale taken from the batch",
                images().bytes("zp", DataType.UINT8, List.of(), 0)
                        .node("ReduceMax", "x", "m", integer("keepdims", 0))
                        .node("QuantizeLinear", "x m zp", "q")
                        .node("DequantizeLinear", "q m zp", "z"));
        all.put(
                "z: dropout in training",
                images().constant(LegalNetworks.bool("t", true))
                        .floats("r", List.of(), 0.5f)
                        .node("Dropout", "x r t", "z"));
        all.put(
                "p: places of the largest values, counted through the batch",
                images().node("MaxPool", "x", "p i", integers("kernel_shape", 4, 4))
                        .node("Cast", "i", "q", integer("to", 1))
                        .node("Add", "p q", "z"));
        return all.entrySet().stream().map(each -> Arguments.of(each.getKey(), each.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("legal")
    void shouldProveANetworkThatTreatsEachImageByItself(String name, SmallNetwork network) throws OrtException {
        OnnxModel model = withRows(network);

        for (int batch : new int[] {1, 2, BATCH, 64}) {
            assertThat(Independence.of(model, batch)).isEqualTo(new Independence.Proved(batch));
        }
        assertThat(CompanionTrial.mixes(model, BATCH, 4, 4, 4)).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mixing")
    void shouldNameTheNodeAtWhichImagesMeet(String name, SmallNetwork network) {
        Independence found = Independence.of(withRows(network), BATCH);

        assertThat(found)
                .isInstanceOfSatisfying(
                        Independence.Refused.class,
                        refused -> assertThat(refused.cause().node()).isEqualTo(name.substring(0, name.indexOf(':'))));
    }

    @Test
    void shouldRefuseRowsThatAreNotTheImages() {
        OnnxModel model = images().weights("w", 64, BATCH)
                .node("Flatten", "x", "f")
                .node("MatMul", "f w", "g")
                .node("Transpose", "g", "y")
                .model();

        assertThat(Independence.of(model, BATCH))
                .isEqualTo(new Independence.Refused(
                        BATCH, Cause.ofNetwork("gives an output of shape [3x3] whose rows are not its images")));
    }

    @Test
    void shouldHoldChanceAloneAgainstABatchOfOneImage() {
        List<String> chance = mixing().filter(each ->
                        Independence.of(withRows((SmallNetwork) each.get()[1]), 1) instanceof Independence.Refused)
                .map(each -> (String) each.get()[0])
                .toList();

        assertThat(chance)
                .containsExactly(
                        "n: random numbers, where it is dark",
                        "e: random numbers in a branch",
                        "z: dropout in training");
    }

    @Test
    void shouldAssumeChanceWhereWhatDecidesItCannotBeRead() {
        TensorProto unreadable =
                LegalNetworks.bool("c", false).toBuilder().addInt32Data(0).build();
        SmallNetwork branch = images().constant(unreadable)
                .node(
                        "If",
                        "c",
                        "z",
                        graph("then_branch", branch("t", call("", "RandomNormalLike", "x", "t"))),
                        graph("else_branch", branch("e", call("", "Relu", "x", "e"))));
        SmallNetwork dropout =
                images().constant(unreadable).floats("r", List.of(), 0.5f).node("Dropout", "x r c", "z");

        assertThat(Independence.of(withRows(branch), 1)).isInstanceOf(Independence.Refused.class);
        assertThat(Independence.of(withRows(dropout), 1)).isInstanceOf(Independence.Refused.class);
    }

    @Test
    void shouldFollowEachSizeOfBatchByItself() {
        OnnxModel model = withRows(images().weights("k", 2, 1, 1, 1).node("Add", "x k", "z"));

        assertThat(Independence.of(model, 1)).isInstanceOf(Independence.Proved.class);
        assertThat(Independence.of(model, 2)).isInstanceOf(Independence.Refused.class);
        assertThat(Independence.of(model, 4)).isInstanceOf(Independence.Refused.class);
    }

    @Test
    void shouldRefuseANameThatStandsForTwoValues() {
        OnnxModel model = withRows(images().node("Relu", "x", "z").node("Softmax", "x", "z", integer("axis", 0)));

        assertThat(Independence.of(model, 1))
                .isEqualTo(new Independence.Refused(1, Cause.ofNetwork("computes 'z' twice")));
    }

    @Test
    void shouldSayHowToGoOn() {
        Independence refused = Independence.of(withRows(images().node("Softmax", "x", "z", integer("axis", 0))), 64);

        assertThatThrownBy(() -> refused.require("model.onnx"))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("model.onnx is not shown to treat each of the 64 images of a batch by itself, whatever the"
                        + " other images are: its node 'z' (Softmax) normalises along the batch. Export the network again"
                        + " without that; or certify one image at a time with --batch 1, which is slow and takes an open"
                        + " batch size; or, for experiments,"
                        + " with --independence tried, which each certificate then says");
        assertThatNoException().isThrownBy(() -> new Independence.Proved(64).require("model.onnx"));
    }

    @Test
    void shouldSayWhatIsWrongWithARandomNetworkOfOneImage() {
        Independence refused = Independence.of(withRows(images().node("RandomNormalLike", "x", "z")), 1);

        assertThatThrownBy(() -> refused.require("model.onnx"))
                .hasMessage(
                        "model.onnx is not shown to be a fixed function of an image: its node 'z' (RandomNormalLike)"
                                + " draws random numbers. Export it again for inference, with ONNX's own operators, none of them"
                                + " random");
    }

    private static SmallNetwork images() {
        return new SmallNetwork(4, 4, 4);
    }

    /** Of z, a row for each image. */
    private static OnnxModel withRows(SmallNetwork network) {
        return network.node("Flatten", "z", "y").model();
    }
}
