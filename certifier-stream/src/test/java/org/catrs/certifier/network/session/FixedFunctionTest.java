// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.session;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import org.catrs.certifier.network.Networks;
import org.catrs.schemas.InvalidDataException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FixedFunctionTest {
    @ParameterizedTest
    @ValueSource(strings = {"batch-mean", "range-quantized", "random"})
    void shouldRefuseANetworkWhoseLogitsDependOnMoreThanTheImage(String name) {
        String source = name + ".onnx";
        try (OnnxSession network = Networks.open(name, OptLevel.ALL_OPT)) {
            int classes = network.classes(8, source);
            assertThatThrownBy(() -> FixedFunction.require(network, 8, classes, 1, source))
                    .isInstanceOf(InvalidDataException.class)
                    .hasMessageStartingWith(source + " gives one image the logit ")
                    .hasMessageContaining("A certificate needs a fixed function of the image: export the network for");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldRefuseChanceWhateverTheBatch(int batch) {
        assertThatThrownBy(() -> Networks.classifier("random", 1, batch)).isInstanceOf(InvalidDataException.class);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 64", "4, 33"})
    void shouldTakeAFixedFunction(int threads, int batch) {
        try (OnnxSession network = Networks.open("convolutional", OptLevel.ALL_OPT)) {
            assertThatCode(() -> FixedFunction.require(network, batch, 5, threads, "convolutional.onnx"))
                    .doesNotThrowAnyException();
        }
    }
}
