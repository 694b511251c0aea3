// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.catrs.trainer.engine.TorchEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PooledConvolutionTest {
    private static final int FILTERS = 6;
    private static final int KERNEL = 5;
    private static final Shape TWO = new Shape(2, 2);
    private static final Offset<Float> ROUNDING = Offset.offset(2e-4f);

    /** What PyTorch's own convolution, activation and pooling give, one after the other, is the measure. */
    @ParameterizedTest
    @CsvSource({"1, 28, 28", "1, 17, 28", "1, 28, 17", "3, 19, 21", "4, 8, 8", "20, 12, 12", "20, 13, 11"})
    void shouldBeAConvolutionThatIsRectifiedAndPooled(int channels, int height, int width) {
        TorchEngine.start();
        Shape shape = new Shape(3, channels, height, width);
        try (GradientCollector collector = TorchEngine.newCollector();
                NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Block block = new PooledConvolution(FILTERS, KERNEL).toBlock();
            block.initialize(manager, DataType.FLOAT32, shape);
            NDArray weight = block.getParameters().get("weight").getArray();
            NDArray bias = block.getParameters().get("bias").getArray();
            SplittableRandom random = new SplittableRandom(1);
            List.of(weight, bias).forEach(array -> array.set(values(array.size(), random)));
            NDArray images = manager.create(values(shape.size(), random), shape);
            images.setRequiresGradient(true);

            NDArray outputs = block.forward(new ParameterStore(manager, false), new NDList(images), true)
                    .singletonOrThrow();
            NDArray slopes = manager.create(values(outputs.size(), random), outputs.getShape());
            collector.backward(outputs.mul(slopes).sum());
            List<float[]> found = gradients(images, weight, bias);
            NDArray expected = Pool.maxPool2d(
                    Activation.relu(Conv2d.conv2d(images, weight, bias).singletonOrThrow()),
                    TWO,
                    TWO,
                    new Shape(0, 0),
                    false);
            collector.backward(expected.mul(slopes).sum());
            List<float[]> wanted = gradients(images, weight, bias);

            assertThat(outputs.getShape()).isEqualTo(expected.getShape());
            assertThat(block.getOutputShapes(new Shape[] {shape})).containsExactly(expected.getShape());
            assertThat(outputs.toFloatArray()).containsExactly(expected.toFloatArray(), ROUNDING);
            for (int i = 0; i < wanted.size(); i++) {
                assertThat(wanted.get(i)).isNotEqualTo(new float[wanted.get(i).length]);
                assertThat(found.get(i)).containsExactly(wanted.get(i), ROUNDING);
            }
        }
    }

    private static float[] values(long count, SplittableRandom random) {
        float[] values = new float[Math.toIntExact(count)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** The gradients, which are zero afterwards. */
    private static List<float[]> gradients(NDArray... arrays) {
        return Arrays.stream(arrays)
                .map(array -> {
                    NDArray gradient = array.getGradient();
                    float[] values = gradient.toFloatArray();
                    gradient.subi(gradient);
                    return values;
                })
                .toList();
    }
}
