// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.catrs.certifier.network.MixedWhereBright;
import org.catrs.certifier.network.Networks;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.junit.jupiter.api.Test;
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
            FixedFunction function = FixedFunction.of(network, 8, classes, 1, source);
            assertThatThrownBy(() -> function.require(grey(network)))
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
            FixedFunction function = FixedFunction.of(network, batch, 5, threads, "convolutional.onnx");
            assertThatCode(() -> function.require(grey(network))).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 8", "2, 64"})
    void shouldSeeWhatOnlyABrightImageShows(int threads, int batch) {
        byte[] onnx = MixedWhereBright.of(Networks.bytes("model/rows/model"));
        try (OnnxSession network = OnnxSession.open(onnx, "mixed.onnx", OptLevel.EXTENDED_OPT)) {
            FixedFunction function = FixedFunction.of(network, batch, 10, threads, "mixed.onnx");
            ImageShape shape = network.signature().image();
            ImageTensor black = MixedWhereBright.blackImage(shape);
            ImageTensor bright = MixedWhereBright.brightImage(shape);

            assertThat(function.require(new TrialImages(List.of(black, black), 0.25)))
                    .hasSize(2);
            assertThatThrownBy(() -> function.require(new TrialImages(List.of(black, bright), 0.25)))
                    .isInstanceOf(InvalidDataException.class)
                    .hasMessageStartingWith("mixed.onnx gives one image the logit ");
        }
    }

    @Test
    void shouldFindAnotherThreadsOtherLogits() {
        AtomicInteger batches = new AtomicInteger();
        TrialImages images = TrialImages.grey(new ImageShape(1, 2, 2));

        assertThatCode(() -> new FixedFunction(() -> new OneLogit(0), 4, 1, "fake").require(images))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> new FixedFunction(() -> new OneLogit(batches.getAndIncrement() / 2), 4, 2, "fake")
                        .require(images))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith("fake gives one image the logit 0.0 and then 1.0 for class 0");
    }

    private static TrialImages grey(OnnxSession network) {
        return TrialImages.grey(network.signature().image());
    }

    /** A network that always finds the same. */
    private record OneLogit(float logit) implements ImageBatch {
        @Override
        public float[] image() {
            return new float[4];
        }

        @Override
        public void put(int place) {}

        @Override
        public void run() {}

        @Override
        public float[] logits(int place) {
            return new float[] {logit};
        }

        @Override
        public void close() {}
    }
}
