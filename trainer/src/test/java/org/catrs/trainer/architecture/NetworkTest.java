// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.SplittableRandom;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageShape;
import org.catrs.trainer.engine.TorchEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {
    private static final NetworkSpecification LENET =
            Architecture.LENET.specification(new ImageShape(1, 28, 28), 10, Normalization.NONE);

    private static Parameters initial() {
        TorchEngine.start();
        try (GradientCollector collector = TorchEngine.newCollector();
                Network network = new Network(LENET, collector)) {
            return network.initialParameters(new SplittableRandom(1));
        }
    }

    @Test
    void shouldHaveTheParametersOfThePapersLeNet() {
        assertThat(initial().values()).hasSize(431_080);
        assertThat(initial().tensors())
                .extracting(ParameterTensor::shape)
                .containsExactly(
                        List.of(20L, 1L, 5L, 5L),
                        List.of(20L),
                        List.of(50L, 20L, 5L, 5L),
                        List.of(50L),
                        List.of(500L, 800L),
                        List.of(500L),
                        List.of(10L, 500L),
                        List.of(10L));
    }

    @ParameterizedTest
    // alinlab/smoothing-catrs, cifar_resnet and resnet50: sum(p.numel() for p in model.parameters())
    @CsvSource({"RESNET20, 32, 10, 272474", "RESNET110, 32, 10, 1730714", "RESNET50, 224, 1000, 25557032"})
    void shouldHaveTheParametersOfThePapersResNets(Architecture architecture, int side, int classes, int count) {
        NetworkSpecification resNet =
                architecture.specification(new ImageShape(3, side, side), classes, Normalization.NONE);
        TorchEngine.start();
        try (GradientCollector collector = TorchEngine.newCollector();
                Network network = new Network(resNet, collector)) {
            assertThat(network.trainedCount()).isEqualTo(count);
            assertThat(network.initialParameters(new SplittableRandom(1)).values())
                    .hasSize(count + network.statisticsCount());
        }
    }

    @Test
    void shouldBeginWithPyTorchsBounds() {
        Parameters parameters = initial();
        int position = 0;
        // 1 / sqrt(fan-in): 25 inputs to the first convolution, 500 to the second, 800 and 500 to the linear layers
        double[] bounds = {0.2, 0.2, 0.0447214, 0.0447214, 0.0353553, 0.0353553, 0.0447214, 0.0447214};
        for (int i = 0; i < bounds.length; i++) {
            double largest = 0;
            for (int end = position + parameters.tensors().get(i).size(); position < end; position++) {
                largest = Math.max(largest, Math.abs(parameters.values()[position]));
            }
            assertThat(largest).isBetween(0.7 * bounds[i], bounds[i] + 1e-6);
        }
    }

    @Test
    void shouldRefuseImagesThatAreTooSmall() {
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> Architecture.LENET.specification(new ImageShape(1, 28, 15), 10, Normalization.NONE))
                .withMessageContaining("1x28x15");
    }

    /** DJL copies a transposed tensor to read it, as it copies one from a GPU. */
    @Test
    void shouldLeaveNoCopyOfATensorThatWasRead() {
        TorchEngine.start();
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            NDArray transposed = manager.create(new float[][] {{1, 2}, {3, 4}}).transpose();
            int before = manager.getManagedArrays().size();
            float[] values = new float[5];

            try (NDManager scope = manager.newSubManager()) {
                assertThat(Network.read(transposed, scope, values, 1)).isEqualTo(4);
            }

            assertThat(values).containsExactly(0, 1, 3, 2, 4);
            assertThat(manager.getManagedArrays()).hasSize(before - 1);
        }
    }
}
