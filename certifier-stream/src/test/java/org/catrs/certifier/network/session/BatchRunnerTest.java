// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.util.Random;
import org.catrs.certifier.network.Networks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BatchRunnerTest {
    @ParameterizedTest
    @CsvSource({"1, 2, 3, 2", "3, 2, 1, 0", "2, 3, 3, 1", "-1, -1, -1, 0", "-Infinity, -5, -Infinity, 1"})
    void shouldVoteForTheLargestLogitAndTheLowestClassOfATie(float a, float b, float c, int label) throws OrtException {
        assertThat(vote("identity", a, b, c)).isEqualTo(label);
    }

    @ParameterizedTest
    @CsvSource({"1, 4, -1", "-1, 4, 1", "4, -1, 1"})
    void shouldVoteForNoClassWhenALogitIsNotANumber(float a, float b, float c) throws OrtException {
        assertThat(vote("not-a-number", a, b, c)).isEqualTo(-1);
    }

    @Test
    void shouldVoteForTheLowestClassWhenAllLogitsAreEqual() throws OrtException {
        assertThat(vote("all-equal", 3, 2, 1)).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = OptLevel.class,
            names = {"EXTENDED_OPT", "ALL_OPT"})
    void shouldGiveAnImageTheSameLogitsToTheLastBitAtAnyPlaceOfAnyBatch(OptLevel level) throws OrtException {
        Random random = new Random(3);
        float[] image = new float[144];
        for (int i = 0; i < image.length; i++) {
            image[i] = (float) random.nextGaussian();
        }
        try (OnnxSession network = Networks.open("convolutional", level);
                BatchRunner reference = new BatchRunner(network, 64, 5)) {
            float[] expected = logits(reference, image, 0, random);

            for (int batch : new int[] {8, 32, 64, 128}) {
                try (BatchRunner runner = new BatchRunner(network, batch, 5)) {
                    for (int place = 0; place < batch; place++) {
                        assertThat(logits(runner, image, place, random)).containsExactly(expected);
                    }
                }
            }
        }
    }

    @Test
    void shouldFreeItsInputWhenThereAreNoBuffersForTheLogits() throws OrtException {
        try (OnnxSession network = Networks.open("identity", OptLevel.EXTENDED_OPT)) {
            BatchInput input = BatchInput.of(network, 8);

            assertThatThrownBy(() -> new BatchRunner(network, input, 8, Integer.MAX_VALUE))
                    .isInstanceOf(ArithmeticException.class);

            assertThat(input.tensor().isClosed()).isTrue();
        }
    }

    /** The image's logits among others that are random. */
    private static float[] logits(BatchRunner runner, float[] image, int place, Random random) throws OrtException {
        for (int other = 0; other < runner.batch(); other++) {
            for (int i = 0; i < image.length; i++) {
                runner.image()[i] = other == place ? image[i] : (float) random.nextGaussian();
            }
            runner.put(other);
        }
        runner.run();
        return runner.logits(place).clone();
    }

    private static int vote(String name, float... pixels) throws OrtException {
        try (OnnxSession network = Networks.open(name, OptLevel.EXTENDED_OPT);
                BatchRunner runner = new BatchRunner(network, 8, 3)) {
            System.arraycopy(pixels, 0, runner.image(), 0, pixels.length);
            runner.put(5);
            runner.run();
            return runner.vote(5);
        }
    }
}
