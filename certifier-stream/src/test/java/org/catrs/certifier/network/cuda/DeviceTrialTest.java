// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Consumer;
import org.catrs.certifier.network.Networks;
import org.catrs.certifier.network.options.ProviderException;
import org.catrs.certifier.network.options.Tuning;
import org.catrs.certifier.network.session.Device;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.OnnxParts;
import org.catrs.schemas.onnx.proto.ModelProto;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Devices that compute wrongly are played by the CPU with a wrong graph. */
class DeviceTrialTest {
    private static final Device CPU = new Device.Cpu();

    @ParameterizedTest
    @EnumSource(PixelTransport.class)
    void shouldTakeADeviceThatComputesRightly(PixelTransport transport) throws ProviderException {
        DeviceNetwork network = network("convolutional");
        try (DeviceSession session = DeviceSession.open(CountingGraph.of(network, transport), CPU, network.level())) {
            assertThat(DeviceTrial.require(session, network, transport))
                    .hasSize(1)
                    .allMatch(logits -> logits.length == 5);
        }
    }

    @Test
    void shouldRefuseADeviceThatMultipliesWhereTheHostDivides() throws ProviderException {
        DeviceNetwork network = network("convolutional");
        ModelProto.Builder graph = graph(network);
        replace(graph, "Div", node -> node.setOpType("Mul"));
        graph.getGraphBuilder().getInitializerBuilderList().stream()
                .filter(constant -> constant.getName().equals("catrs/grid"))
                .forEach(constant -> constant.setRawData(
                        OnnxParts.floats("", List.of(), 1 / 255f).getRawData()));

        assertRefused(graph, network, "cpu makes ", "where the host makes ");
    }

    @Test
    void shouldRefuseADeviceThatVotesForTheHighestClassOfATie() throws ProviderException {
        DeviceNetwork network = network("convolutional");
        ModelProto.Builder graph = graph(network);
        replace(graph, "ReduceMin/catrs/lowest-of-ties", node -> node.setOpType("ReduceMax"));

        assertRefused(graph, network, "cpu gives an image the label ", "where the host finds ");
    }

    @Test
    void shouldRefuseANetworkThatIsNoFixedFunctionThere() {
        DeviceNetwork network = network("batch-mean");

        assertThatThrownBy(() -> DevicePool.open(List.of(CPU), network, PixelTransport.STEPS)
                        .close())
                .isInstanceOf(ProviderException.class)
                .hasMessageStartingWith("on cpu, batch-mean gives one image the logit ");
    }

    private static void assertRefused(ModelProto.Builder graph, DeviceNetwork network, String... words)
            throws ProviderException {
        byte[] bytes = new OnnxModel(graph.build()).toByteArray();
        try (DeviceSession session = DeviceSession.open(bytes, CPU, network.level())) {
            assertThatThrownBy(() -> DeviceTrial.require(session, network, PixelTransport.STEPS))
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContainingAll(words)
                    .hasMessageContaining("run the network with the provider cpu");
        }
    }

    private static void replace(ModelProto.Builder model, String name, Consumer<NodeProto.Builder> change) {
        List<NodeProto.Builder> found = model.getGraphBuilder().getNodeBuilderList().stream()
                .filter(node -> node.getName().startsWith(name))
                .toList();
        assertThat(found).hasSize(1);
        change.accept(found.get(0));
    }

    private static ModelProto.Builder graph(DeviceNetwork network) throws ProviderException {
        return OnnxModel.parse(CountingGraph.of(network, PixelTransport.STEPS), "graph").proto().toBuilder();
    }

    private static DeviceNetwork network(String name) {
        return DeviceNetwork.of(Networks.bytes(name), name, Tuning.AUTOMATIC);
    }
}
