// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.catrs.certifier.network.Networks;
import org.catrs.certifier.network.conversion.QuantizedNetwork;
import org.catrs.certifier.network.conversion.int8.Graphs;
import org.catrs.certifier.network.session.NetworkFile;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.onnx.OnnxModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The networks that catrs comes with, and those of the other tests. */
class KnownNetworksTest {
    private static final List<Integer> BATCHES = List.of(1, 8, 32, 64, 128);

    @ParameterizedTest
    @ValueSource(strings = {"mnist-0.25", "mnist-0.50", "mnist-1.00"})
    void shouldProveTheShippedModelsAndWhatIsQuantisedOfThem(String name) throws IOException {
        byte[] onnx;
        try (InputStream file =
                OnnxModel.class.getResourceAsStream("/org/catrs/schemas/model/shipped/" + name + "/model.onnx")) {
            onnx = file.readAllBytes();
        }
        QuantizedNetwork integers =
                QuantizedNetwork.of(onnx, name, List.of(Networks.image(new ImageShape(1, 28, 28))), 0.5);

        for (int batch : BATCHES) {
            assertProved(NetworkDoor.open(onnx, name), batch);
            assertProved(NetworkDoor.open(integers.onnx(), name), batch);
            byte[] ofCodes = NetworkFile.of(integers.onnx(), name).onnx();
            assertProved(NetworkDoor.open(ofCodes, name), batch);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lenet", "odd", "residual", "folded", "unknown"})
    void shouldProveNetworksThatMayBeQuantised(String name) {
        BATCHES.forEach(batch -> assertProved(NetworkDoor.open(Graphs.bytes(name), name), batch));
    }

    @Test
    void shouldTellTheNetworksOfTheTestsApart() {
        Map<String, String> refused = new TreeMap<>();
        for (String name : List.of(
                "all-equal",
                "batch-mean",
                "convolutional",
                "identity",
                "image-output",
                "label-output",
                "not-a-number",
                "one-class",
                "one-image",
                "random",
                "range-quantized")) {
            if (Independence.of(NetworkDoor.open(Networks.bytes(name), name), 8)
                    instanceof Independence.Refused found) {
                refused.put(name, found.cause().operator());
            }
        }

        assertThat(refused)
                .isEqualTo(Map.of(
                        "batch-mean", "ReduceMean",
                        "random", "RandomNormalLike",
                        "range-quantized", "DynamicQuantizeLinear",
                        "one-image", "Reshape"));
    }

    private static void assertProved(OnnxModel model, int batch) {
        assertThat(Independence.of(model, batch)).isEqualTo(new Independence.Proved(batch));
    }
}
