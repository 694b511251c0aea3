// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.session;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.util.List;
import org.catrs.certifier.network.Networks;
import org.catrs.certifier.network.conversion.QuantizedNetwork;
import org.catrs.certifier.network.conversion.int8.Graphs;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeTableTest {
    @ParameterizedTest
    @ValueSource(strings = {"lenet", "residual"})
    void shouldGiveEachPixelOfTheGridTheCodeOfItsFloat(String name) {
        try (OnnxSession network = integers(name).open(OptLevel.EXTENDED_OPT)) {
            CodeTable codes = network.codes();
            ImageShape shape = network.signature().image();
            short[] steps = new short[shape.size()];
            float[] pixels = new float[shape.size()];
            byte[] ofSteps = new byte[shape.size()];
            byte[] ofFloats = new byte[shape.size()];
            for (int from = -2000; from < 2000; from++) {
                for (int i = 0; i < steps.length; i++) {
                    steps[i] = (short) (from + 7 * i);
                    pixels[i] = steps[i] / 255f;
                }
                codes.encode(steps, ofSteps);
                codes.encode(pixels, ofFloats);
                assertThat(ofSteps).isEqualTo(ofFloats);
            }
        }
    }

    private static NetworkFile integers(String name) {
        byte[] floats = Graphs.bytes(name);
        try (OnnxSession network = OnnxSession.open(floats, name, OptLevel.EXTENDED_OPT)) {
            ImageTensor image = Networks.image(network.signature().image());
            return NetworkFile.of(
                    QuantizedNetwork.of(floats, name, List.of(image), 0.5).onnx(), name);
        }
    }
}
