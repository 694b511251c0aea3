// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.architecture;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The parameters of a network, one tensor after the other in one array.
 *
 * @param tensors names and shapes, in the order of the network's layers
 * @param values float32, shared and not copied: training writes to it
 */
@SuppressWarnings("ArrayRecordComponent") // identity is meant: the one array that a training run updates
public record Parameters(List<ParameterTensor> tensors, float[] values) {
    /**
     * The initial parameters that PyTorch gives convolutions and linear layers: weights and biases uniform within
     * 1 / sqrt(fan-in of the weight).
     */
    static Parameters initial(List<ParameterTensor> tensors, RandomGenerator random) {
        float[] values =
                new float[tensors.stream().mapToInt(ParameterTensor::size).sum()];
        int position = 0;
        int fanIn = 1;
        for (ParameterTensor tensor : tensors) {
            fanIn = tensor.bias() ? fanIn : tensor.fanIn();
            float bound = (float) (1 / Math.sqrt(fanIn));
            for (int end = position + tensor.size(); position < end; position++) {
                values[position] = bound * (2 * random.nextFloat() - 1);
            }
        }
        return new Parameters(tensors, values);
    }
}
