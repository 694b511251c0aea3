// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.architecture;

import java.util.function.LongToDoubleFunction;

/** The parameters of resnet_reference.py. */
public final class WaveParameters {
    private static final long STATISTICS = 5_000_000;

    private WaveParameters() {}

    /**
     * Writes all parameters of a residual network.
     *
     * @param wave values in [-1, 1] by their index
     * @param trained number of values that are trained
     */
    public static void fill(Parameters parameters, int trained, LongToDoubleFunction wave) {
        int position = 0;
        for (ParameterTensor tensor : parameters.tensors()) {
            for (int end = position + tensor.size(); position < end; position++) {
                double value = wave.applyAsDouble(position < trained ? position : STATISTICS + position - trained);
                parameters.values()[position] = (float)
                        switch (tensor.role()) {
                            case WEIGHT, NORMALIZED_WEIGHT -> Math.sqrt(6.0 / tensor.fanIn()) * value;
                            case BIAS, SHIFT, MEAN -> 0.1 * value;
                            case SCALE -> 0.5 + 0.25 * value;
                            case VARIANCE -> 1 + 0.5 * value;
                        };
            }
        }
    }
}
