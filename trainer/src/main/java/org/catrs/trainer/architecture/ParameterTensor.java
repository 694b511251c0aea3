// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.architecture;

import java.util.List;
import java.util.random.RandomGenerator;

/** Name and shape of one of a network's tensors, and what it is for. */
record ParameterTensor(String name, List<Long> shape, Role role) {
    /** What a tensor is for. */
    enum Role {
        /** Weights of a layer that has a bias. */
        WEIGHT,
        BIAS,
        /** Weights of a convolution whose outputs are normalized. */
        NORMALIZED_WEIGHT,
        /** What the normalized outputs of each channel are multiplied by. */
        SCALE,
        /** What is then added to them. */
        SHIFT,
        /** Running mean of a channel's outputs; not trained, but kept. */
        MEAN,
        /** Running variance of a channel's outputs; not trained, but kept. */
        VARIANCE;

        boolean isStatistic() {
            return this == MEAN || this == VARIANCE;
        }
    }

    /** Copies the shape. */
    ParameterTensor {
        shape = List.copyOf(shape);
    }

    /** Number of values. A loop, not a stream: each first value asks for it. */
    int size() {
        long size = 1;
        for (long length : shape) {
            size = Math.multiplyExact(size, length);
        }
        return Math.toIntExact(size);
    }

    /** Number of inputs that each output of this weight is the sum of. */
    int fanIn() {
        return Math.toIntExact(size() / shape.get(0));
    }

    /** Number of outputs that each input of this weight of a convolution goes into. */
    private int fanOut() {
        return Math.toIntExact(size() / shape.get(1));
    }

    /**
     * A first value, as in the papers: PyTorch's default for layers with a bias, He et al.'s (ICCV 2015) by fan-out for
     * convolutions that are normalized.
     *
     * @param weightFanIn fan-in of the layer's weight
     */
    float initial(int weightFanIn, RandomGenerator random) {
        return switch (role) {
            case WEIGHT, BIAS -> (float) (1 / Math.sqrt(weightFanIn)) * (2 * random.nextFloat() - 1);
            case NORMALIZED_WEIGHT -> (float) (Math.sqrt(2.0 / fanOut()) * random.nextGaussian());
            case SCALE, VARIANCE -> 1;
            case SHIFT, MEAN -> 0;
        };
    }
}
