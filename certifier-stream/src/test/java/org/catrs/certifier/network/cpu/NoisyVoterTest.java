// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import org.catrs.certifier.network.Networks;
import org.catrs.certifier.network.session.BatchRunner;
import org.catrs.certifier.network.session.OnnxSession;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.counts.ParallelCounter;
import org.catrs.certifier.smoothing.noise.FailingNoise;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.junit.jupiter.api.Test;

class NoisyVoterTest {
    private static final int BATCH = 32;

    /** The network votes for class 0 whatever it sees. */
    @Test
    void shouldCountASampleWhoseNoiseFailedAsAMiss() {
        ImageTensor black = ImageTensor.of(new ImageShape(1, 1, 3), new byte[3]);
        try (OnnxSession network = Networks.open("all-equal", OptLevel.EXTENDED_OPT);
                ParallelCounter counter = new ParallelCounter(2)) {
            ClassCounts counts = counter.count(
                    0,
                    8000,
                    BATCH,
                    3,
                    () -> new NoisyVoter(FailingNoise.of(black), runner(network), BatchRunner::close));

            // All of three pixels draw something in one sample of eight.
            assertThat(counts.of(0)).isBetween(850L, 1150L);
            assertThat(counts.samples()).isEqualTo(8000);
        }
    }

    private static BatchRunner runner(OnnxSession network) {
        try {
            return new BatchRunner(network, BATCH, 3);
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }
}
