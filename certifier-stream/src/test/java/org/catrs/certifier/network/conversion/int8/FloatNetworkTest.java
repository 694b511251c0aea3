// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.conversion.int8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.proto.AttributeProto;
import org.catrs.schemas.onnx.proto.ModelProto;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloatNetworkTest {
    @Test
    void shouldReadStepsWithTheReluThatFollowsThem() {
        FloatNetwork network = read("lenet");

        assertThat(network.image()).isEqualTo(new ImageShape(1, 16, 16));
        assertThat(network.steps())
                .extracting(step -> step.getClass().getSimpleName())
                .containsExactly("Convolution", "MaxPooling", "Convolution", "MaxPooling", "Dense", "Dense");
        assertThat(network.shape(network.steps().get(3).output())).isEqualTo(new ImageShape(10, 2, 2));
        assertThat(network.measured()).hasSize(4).startsWith("image");
    }

    @Test
    void shouldFoldBatchNormalisationsAsTheTrainerDoes() {
        FloatNetwork network = read("residual");
        FloatNetwork folded = read("folded");

        assertThat(network.steps()).hasSameSizeAs(folded.steps());
        FloatLayer.Convolution own = (FloatLayer.Convolution) network.steps().get(1);
        FloatLayer.Convolution other = (FloatLayer.Convolution) folded.steps().get(1);
        assertThat(own.bias()).usingComparatorWithPrecision(1e-6f).containsExactly(other.bias());
        assertThat(own.weights()[3]).usingComparatorWithPrecision(1e-6f).containsExactly(other.weights()[3]);
    }

    @Test
    void shouldReadMeanAndDeviation() {
        PixelScaling scaling = read("residual").scaling();

        assertThat(scaling.means()).containsExactly(0.49f, 0.48f, 0.45f);
        assertThat(scaling.deviations()).containsExactly(0.20f, 0.20f, 0.21f);
        assertThat(read("folded").scaling().deviations()).containsExactly(1, 1, 1);
    }

    @Test
    void shouldRefuseAnOperatorWithoutAnIntegerOne() {
        assertThatThrownBy(() -> read("unknown"))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith("unknown.onnx has a node Sigmoid")
                .hasMessageEndingWith("run this network with --precision fp32");
    }

    @ParameterizedTest
    @CsvSource({
        "0, group, 3, {group=3}",
        "0, dilations, 2, {dilations=[2, 2]}",
        "3, auto_pad, 0, {auto_pad=SAME_UPPER}",
        "2, ceil_mode, 1, {ceil_mode=1}",
        "7, transA, 1, {transA=1}",
    })
    void shouldRefuseAnOperatorInAFormThatItDoesNotKnow(int node, String name, int value, String found) {
        ModelProto.Builder model = Graphs.read("lenet").proto().toBuilder();
        NodeProto.Builder changed = model.getGraphBuilder().getNodeBuilder(node);
        AttributeProto.Builder attribute = changed.addAttributeBuilder().setName(name);
        if (name.equals("auto_pad")) {
            attribute.setS(com.google.protobuf.ByteString.copyFromUtf8("SAME_UPPER"));
        } else if (name.equals("dilations")) {
            attribute.addAllInts(List.of((long) value, (long) value));
        } else {
            attribute.setI(value);
        }

        assertThatThrownBy(() -> FloatNetwork.of(new OnnxModel(model.build()), "lenet.onnx"))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(found)
                .hasMessageEndingWith("run this network with --precision fp32");
    }

    private static FloatNetwork read(String name) {
        return FloatNetwork.of(Graphs.read(name), name + ".onnx");
    }
}
