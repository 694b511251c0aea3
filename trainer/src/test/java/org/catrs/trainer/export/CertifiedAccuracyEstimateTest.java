// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.catrs.schemas.dataset.Dataset;
import org.catrs.schemas.dataset.Datasets;
import org.catrs.schemas.dataset.Split;
import org.catrs.trainer.architecture.Architecture;
import org.catrs.trainer.architecture.Network;
import org.catrs.trainer.architecture.NetworkSpecification;
import org.catrs.trainer.architecture.Normalization;
import org.catrs.trainer.architecture.Parameters;
import org.catrs.trainer.engine.TorchEngine;
import org.junit.jupiter.api.Test;

class CertifiedAccuracyEstimateTest {
    private static final int CLASSES = 10;
    private static final int SEVEN = 7;
    private static final int IMAGES = 50;

    @Test
    void shouldCertifyAtTheBoundOfClopperAndPearsonWhatIsAlwaysRight() {
        Dataset digits = Datasets.digits(3, Split.TEST, IMAGES);
        NetworkSpecification lenet = Architecture.LENET.specification(digits.shape(), CLASSES, Normalization.NONE);
        CertifiedAccuracyEstimate estimate = new CertifiedAccuracyEstimate(lenet, digits, IMAGES, 20, 0.5, 1);

        double[] radii = estimate.radii(alwaysSeven(lenet));

        assertThat(radii).hasSize(IMAGES);
        for (int i = 0; i < IMAGES; i++) {
            // 0.5 * scipy.stats.norm.ppf(scipy.stats.beta.ppf(0.001, 20, 1))
            double expected = digits.get(i).label() == SEVEN ? 0.27369674177123526 : -1;
            assertThat(radii[i]).isCloseTo(expected, within(1e-9));
        }
        assertThat(Arrays.stream(radii).distinct())
                .as("images of a seven, and of others")
                .hasSize(2);
    }

    /** All zero but the last layer's bias of one class. */
    private static Parameters alwaysSeven(NetworkSpecification specification) {
        TorchEngine.start();
        try (GradientCollector collector = TorchEngine.newCollector();
                Network network = new Network(specification, collector)) {
            Parameters parameters = network.initialParameters(new SplittableRandom(1));
            float[] values = new float[parameters.values().length];
            values[values.length - CLASSES + SEVEN] = 1;
            return new Parameters(parameters.tensors(), values);
        }
    }
}
