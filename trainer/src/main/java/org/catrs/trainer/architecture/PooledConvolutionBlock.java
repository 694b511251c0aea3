// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.architecture;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/**
 * {@link PooledConvolution} in PyTorch, with the channels of a pixel side by side in memory, where PyTorch pools many at
 * once; channel by channel it does so value by value, which takes longer than the convolution.
 *
 * <p>On images of few channels a convolution's backward passes are slow as well, a tenth of a matrix product's speed.
 * There the 2 x 2 pixels that are pooled together become channels of one pixel, of the image as of the output: the kernel,
 * put at each of the four places of a kernel that is larger by one, makes four filters, and their outputs are what the
 * pooling chooses from. Half as many operations again take less than half of the time.
 *
 * <p>The bias is added, and values are rectified, after the pooling: neither changes which output is the largest, nor a
 * value's rounding.
 */
final class PooledConvolutionBlock extends AbstractBlock {
    /** With more, the multiplications by zeros cost more than is won. */
    private static final int FEW_CHANNELS = 4;

    private static final Shape NONE = new Shape(0, 0);
    private static final Shape ONE = new Shape(1, 1);
    private static final Shape TWO = new Shape(2, 2);
    private static final Shape FOUR = new Shape(4, 1);

    private final int filters;
    private final int kernel;
    private final Parameter weight;
    private final Parameter bias;

    PooledConvolutionBlock(int filters, int kernel) {
        this.filters = filters;
        this.kernel = kernel;
        weight = addParameter(Parameter.builder()
                .setName("weight")
                .setType(Parameter.Type.WEIGHT)
                .build());
        bias = addParameter(Parameter.builder()
                .setName("bias")
                .setType(Parameter.Type.BIAS)
                .optShape(new Shape(filters))
                .build());
    }

    @Override
    protected void prepare(Shape[] inputs) {
        weight.setShape(new Shape(filters, inputs[0].get(1), kernel, kernel));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        Shape input = inputs[0];
        return new Shape[] {new Shape(input.get(0), filters, pooled(input.get(2)), pooled(input.get(3)))};
    }

    private long pooled(long pixels) {
        return (pixels - kernel + 1) / 2;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> parameters) {
        NDArray images = inputs.singletonOrThrow();
        NDArray weights = store.getValue(weight, images.getDevice(), training);
        NDArray largest = images.getShape().get(1) <= FEW_CHANNELS
                ? ofFewChannels(images, weights)
                : channelsLast(Pool.maxPool2d(convolve(images, weights), TWO, TWO, NONE, false));
        NDArray sums = largest.add(store.getValue(bias, images.getDevice(), training));
        return new NDList(channelsFirst(Activation.relu(sums)));
    }

    private static NDArray convolve(NDArray images, NDArray weights) {
        return Conv2d.conv2d(images, weights, null, ONE, NONE, ONE, 1).singletonOrThrow();
    }

    private NDArray ofFewChannels(NDArray images, NDArray weights) {
        long rows = pooled(images.getShape().get(2));
        long columns = pooled(images.getShape().get(3));
        NDArray outputs =
                channelsLast(convolve(folded(images, rows, columns), fourPlaces(weights, images.getManager())));
        NDArray choices = channelsFirst(outputs.reshape(-1, 4, 1, filters));
        NDArray largest = Pool.maxPool2d(choices, FOUR, FOUR, NONE, false);
        return channelsLast(largest).reshape(-1, rows, columns, filters);
    }

    /**
     * Images of a quarter of the pixels.
     *
     * @param images [batch, C, H, W]
     * @param rows of the pooled output
     * @return [batch, C x 4, H / 2, W / 2], without what the pooling leaves out
     */
    private NDArray folded(NDArray images, long rows, long columns) {
        Shape shape = images.getShape();
        long height = 2 * rows + kernel - 1;
        long width = 2 * columns + kernel - 1;
        NDArray used =
                shape.get(2) == height && shape.get(3) == width ? images : images.get("..., :{}, :{}", height, width);
        NDArray pixels = used.reshape(-1, shape.get(1), height / 2, 2, width / 2, 2)
                .transpose(0, 2, 4, 1, 3, 5)
                .reshape(-1, height / 2, width / 2, 4 * shape.get(1));
        return channelsFirst(pixels);
    }

    /**
     * The filters for {@link #folded} images, those of each place one after the other.
     *
     * @param weights [filters, C, kernel, kernel]
     * @param scope what they belong to
     * @return [4 x filters, C x 4, (kernel + 1) / 2, (kernel + 1) / 2]
     */
    private NDArray fourPlaces(NDArray weights, NDManager scope) {
        long channels = weights.getShape().get(1);
        int half = (kernel + 1) / 2;
        NDArray own = weights.reshape(weights.getShape());
        own.attach(scope);
        NDArray row = scope.zeros(new Shape(filters, channels, 1, kernel));
        NDArray column = scope.zeros(new Shape(filters, channels, kernel + 1, 1));
        NDArray above = own.concat(row, 2);
        NDArray below = row.concat(own, 2);
        return NDArrays.concat(
                        new NDList(
                                above.concat(column, 3),
                                column.concat(above, 3),
                                below.concat(column, 3),
                                column.concat(below, 3)),
                        0)
                .reshape(-1, channels, half, 2, half, 2)
                .transpose(0, 1, 3, 5, 2, 4)
                .reshape(-1, 4 * channels, half, half);
    }

    private static NDArray channelsLast(NDArray array) {
        return array.transpose(0, 2, 3, 1);
    }

    private static NDArray channelsFirst(NDArray array) {
        return array.transpose(0, 3, 1, 2);
    }
}
