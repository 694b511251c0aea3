// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.catrs.certifier.network.independence.SmallNetwork.FUNCTIONS;
import static org.catrs.certifier.network.independence.SmallNetwork.branch;
import static org.catrs.certifier.network.independence.SmallNetwork.call;
import static org.catrs.certifier.network.independence.SmallNetwork.graph;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.catrs.certifier.network.Networks;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.OnnxParts;
import org.catrs.schemas.onnx.proto.AttributeProto;
import org.catrs.schemas.onnx.proto.ModelProto;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.catrs.schemas.onnx.proto.SparseTensorProto;
import org.catrs.schemas.onnx.proto.StringStringEntryProto;
import org.catrs.schemas.onnx.proto.TensorProto;
import org.catrs.schemas.onnx.proto.TypeProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkDoorTest {
    private static final TensorProto OUTSIDE = OnnxParts.floats("w", List.of(1L), 0).toBuilder()
            .clearRawData()
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(
                    StringStringEntryProto.newBuilder().setKey("location").setValue("w.bin"))
            .build();

    static Stream<Arguments> outside() {
        AttributeProto value =
                AttributeProto.newBuilder().setName("value").setT(OUTSIDE).build();
        NodeProto constant = call("", "Constant", "", "w", value);
        SparseTensorProto sparse =
                SparseTensorProto.newBuilder().setValues(OUTSIDE).build();
        ModelProto.Builder asSparse = images().node("Add", "x w", "y").proto();
        asSparse.getGraphBuilder().addSparseInitializer(sparse);
        AttributeProto sparseValue = AttributeProto.newBuilder()
                .setName("sparse_value")
                .setSparseTensor(sparse)
                .build();
        return Stream.of(
                Arguments.of(
                        "initial value",
                        images().constant(OUTSIDE).node("Add", "x w", "y").proto()),
                Arguments.of(
                        "Constant",
                        images().node("Constant", "", "w", value)
                                .node("Add", "x w", "y")
                                .proto()),
                Arguments.of("sparse initial value", asSparse),
                Arguments.of(
                        "sparse Constant",
                        images().node("Constant", "", "w", sparseValue)
                                .node("Add", "x w", "y")
                                .proto()),
                Arguments.of(
                        "branch",
                        images().constant(LegalNetworks.bool("c", true))
                                .node(
                                        "If",
                                        "c",
                                        "y",
                                        graph("then_branch", branch("t", constant, call("", "Add", "x w", "t"))),
                                        graph("else_branch", branch("e", call("", "Relu", "x", "e"))))
                                .proto()),
                Arguments.of(
                        "local function",
                        images().function(FUNCTIONS, "F", constant, call("", "Add", "a w", "o"))
                                .nodeOf(FUNCTIONS, "F", "x", "y")
                                .proto()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("outside")
    void shouldRefuseValuesInAnotherFileAndSayHowToTakeThemIn(String where, ModelProto.Builder model) {
        assertRefused(model)
                .hasMessageContaining("keeps the values of 'w' in another file (w.bin)")
                .hasMessageContaining("deploy/catrs adopt model.onnx --out MODEL");
    }

    static Stream<Arguments> refused() {
        ModelProto.Builder sequence = images().node("Relu", "x", "y").proto();
        sequence.getGraphBuilder()
                .getOutputBuilder(0)
                .getTypeBuilder()
                .setSequenceType(TypeProto.Sequence.getDefaultInstance());
        ModelProto.Builder twoVersions = images().node("Relu", "x", "y").proto();
        twoVersions.addOpsetImportBuilder().setDomain("ai.onnx").setVersion(9);
        ModelProto.Builder variant = images().function(FUNCTIONS, "F", call("", "Relu", "a", "o"))
                .nodeOf(FUNCTIONS, "F", "x", "y")
                .proto();
        variant.getFunctionsBuilder(0).setOverload("second");
        return Stream.of(
                Arguments.of(
                        images().nodeOf("com.example", "Noise", "x", "y").proto(),
                        "has the node 'y' of the operator Noise of com.example, which is not known here: export it with"
                                + " ONNX's own operators"),
                Arguments.of(
                        images().node("Noise", "x", "y").proto(), "of the operator Noise, which is not known here"),
                Arguments.of(
                        images().function("", "Relu", call("", "Softmax", "a", "o"))
                                .node("Relu", "x", "y")
                                .proto(),
                        "defines the function 'Relu' in the domain '', where ONNX Runtime runs an operator of its own"),
                Arguments.of(
                        images().function("ai.onnx", "Relu", call("", "Softmax", "a", "o"))
                                .node("Relu", "x", "y")
                                .proto(),
                        "defines the function 'Relu'"),
                Arguments.of(
                        images().function("com.microsoft", "Gelu", call("", "Softmax", "a", "o"))
                                .nodeOf("com.microsoft", "Gelu", "x", "y")
                                .proto(),
                        "defines the function 'Gelu' in the domain 'com.microsoft'"),
                Arguments.of(variant, "defines the function 'F' in several variants"),
                Arguments.of(
                        images().operators(99).node("Relu", "x", "y").proto(), "uses version 99 of ONNX's operators"),
                Arguments.of(images().operators(6).node("Relu", "x", "y").proto(), "known are 7 to 24"),
                Arguments.of(twoVersions, "names two versions of one set of operators"),
                Arguments.of(sequence, "has the value 'y', which is no tensor"),
                Arguments.of(
                        images().node("SequenceConstruct", "x", "s")
                                .node("ConcatFromSequence", "s", "y")
                                .proto(),
                        "has the node 's' (SequenceConstruct), of sequences, maps or optional values"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("refused")
    void shouldRefuseWhatHasNoFixedMeaning(ModelProto.Builder model, String found) {
        assertRefused(model).hasMessageContaining(found);
    }

    @Test
    void shouldRefuseWhatTheEngineTakesForItsOwnFormat() {
        byte[] polyglot = new byte[200];
        // A field of 133 bytes that no reader of ONNX knows, and in it the mark of the engine's format.
        polyglot[0] = 0x7A;
        polyglot[1] = (byte) 0x85;
        polyglot[2] = 0x01;
        System.arraycopy("ORTM".getBytes(StandardCharsets.US_ASCII), 0, polyglot, 4, 4);
        byte[] model = images().node("Relu", "x", "y").model().toByteArray();
        byte[] both = new byte[136 + model.length];
        System.arraycopy(polyglot, 0, both, 0, 136);
        System.arraycopy(model, 0, both, 136, model.length);

        assertThatThrownBy(() -> NetworkDoor.open(both, "model.onnx"))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("it is in ONNX Runtime's own format (.ort)");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.catrs.certifier.network.independence.IndependenceTest#legal")
    void shouldLetNetworksIn(String name, SmallNetwork network) {
        OnnxModel model = network.node("Flatten", "z", "y").model();

        assertThat(NetworkDoor.open(model.toByteArray(), "model.onnx")).isEqualTo(model);
    }

    @Test
    void shouldRefuseAFileOfPytorchsDefaultExporter() {
        assertThatThrownBy(() -> NetworkDoor.open(Networks.bytes("external-data"), "external-data.onnx"))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith(
                        "external-data.onnx keeps the values of 'w1' in another file (external-data.bin)");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(ModelProto.Builder model) {
        return assertThatThrownBy(() -> NetworkDoor.open(model.build().toByteArray(), "model.onnx"))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith("model.onnx ");
    }

    private static SmallNetwork images() {
        return new SmallNetwork(4, 4, 4);
    }
}
