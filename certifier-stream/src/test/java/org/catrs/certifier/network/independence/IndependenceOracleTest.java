// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import org.catrs.schemas.onnx.OnnxModel;
import org.junit.jupiter.api.Test;

/** The analysis against what ONNX Runtime does with the images of a batch, on networks drawn at random. */
class IndependenceOracleTest {
    private static final int NETWORKS = 600;

    @Test
    void shouldProveNoNetworkThatMixesAndMostThatDoNot() throws OrtException {
        int proved = 0;
        int unmixed = 0;
        for (long seed = 0; seed < NETWORKS; seed++) {
            OnnxModel model = RandomNetwork.of(seed);
            boolean isProved = Independence.of(model, RandomNetwork.BATCH) instanceof Independence.Proved;
            boolean mixes = CompanionTrial.mixes(model, RandomNetwork.BATCH, RandomNetwork.IMAGE);
            assertThat(isProved && mixes)
                    .as("network %d is proved and mixes: %s", seed, RandomNetwork.operators(model))
                    .isFalse();
            proved += isProved ? 1 : 0;
            unmixed += mixes ? 0 : 1;
        }
        // Both kinds are among them, and what the trial does not find mixed is rarely refused.
        assertThat(proved).isGreaterThan(NETWORKS / 5);
        assertThat(unmixed).isLessThan(NETWORKS * 4 / 5);
        assertThat(proved).isGreaterThan(unmixed * 9 / 10);
    }
}
