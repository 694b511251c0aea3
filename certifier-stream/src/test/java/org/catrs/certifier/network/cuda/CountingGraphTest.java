// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import org.catrs.certifier.network.Networks;
import org.catrs.certifier.network.options.ProviderException;
import org.catrs.certifier.network.options.Tuning;
import org.catrs.certifier.network.session.Device;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.proto.ModelProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CountingGraphTest {
    private static final Device CPU = new Device.Cpu();

    /** Versions 11, 13 and 18 give the reductions' axes in different ways. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 17, 18, 21})
    void shouldVoteInEveryVersionOfTheOperators(long version) throws Exception {
        DeviceNetwork network = withOperators("identity", version);
        try (DeviceSession session =
                DeviceSession.open(CountingGraph.of(network, PixelTransport.STEPS), CPU, network.level())) {
            assertThat(labels(session, network, new float[][] {{1, 0, 2}, {4, 3, 0}, {0, 5, 1}, {0, 7, 1}}))
                    .startsWith(2, 0, 1, 1);
        }
    }

    @ParameterizedTest
    @CsvSource({"identity, 2, 2, 1, 0", "identity, 1, 3, 3, 1", "all-equal, 1, 2, 3, 0"})
    void shouldVoteForTheLowestClassOfATie(String name, float a, float b, float c, int label) throws Exception {
        DeviceNetwork network = DeviceNetwork.of(Networks.bytes(name), name, Tuning.AUTOMATIC);
        try (DeviceSession session =
                DeviceSession.open(CountingGraph.of(network, PixelTransport.STEPS), CPU, network.level())) {
            assertThat(labels(session, network, new float[][] {{a, b, c}})).startsWith(label);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-Infinity, -Infinity, -Infinity, 0",
        "-Infinity, -5, -Infinity, 1",
        "1, Infinity, Infinity, 1",
        "NaN, 5, 1, -1",
        "1, 5, NaN, -1"
    })
    void shouldTakeInfiniteLogitsAndLetThoseThatAreNotNumbersVoteForNoClass(float a, float b, float c, int label)
            throws Exception {
        DeviceNetwork network = DeviceNetwork.of(Networks.bytes("identity"), "identity", Tuning.AUTOMATIC);
        try (DeviceSession session =
                        DeviceSession.open(CountingGraph.of(network, PixelTransport.FLOATS), CPU, network.level());
                TrialBatch batch = new TrialBatch(session, network, PixelTransport.FLOATS)) {
            put(batch, 0, new float[] {a, b, c});
            batch.run();

            assertThat(batch.labels()).startsWith(label);
            assertThat(batch.expectedLabels()).isEqualTo(batch.labels());
        }
    }

    @Test
    void shouldRefuseOperatorsThatCannotCompareFloats() throws Exception {
        DeviceNetwork network = withOperators("identity", 10);

        assertThatThrownBy(() -> CountingGraph.of(network, PixelTransport.STEPS))
                .isInstanceOf(ProviderException.class)
                .hasMessage(
                        "identity uses version 10 of ONNX's operators; needed is 11 or newer: export it anew, or run"
                                + " it with the provider cpu");
    }

    private static float[] labels(DeviceSession session, DeviceNetwork network, float[][] images) throws OrtException {
        try (TrialBatch batch = new TrialBatch(session, network, PixelTransport.STEPS)) {
            for (int place = 0; place < images.length; place++) {
                put(batch, place, images[place]);
            }
            batch.run();
            return batch.labels();
        }
    }

    private static void put(TrialBatch batch, int place, float[] image) {
        System.arraycopy(image, 0, batch.image(), 0, image.length);
        batch.put(place);
    }

    private static DeviceNetwork withOperators(String name, long version) {
        ModelProto.Builder model = OnnxModel.parse(Networks.bytes(name), name).proto().toBuilder();
        model.getOpsetImportBuilder(0).setVersion(version);
        return DeviceNetwork.of(new OnnxModel(model.build()).toByteArray(), name, Tuning.AUTOMATIC);
    }
}
