// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.architecture;

import java.util.Arrays;
import java.util.Iterator;

/** Hands the parameters of a network out, one tensor after the other, in the order of its layers. */
final class ParameterReader {
    private final Cursor trained;
    private final Cursor statistics;

    ParameterReader(Parameters parameters) {
        int trainedSize = parameters.tensors().stream()
                .filter(tensor -> !tensor.role().isStatistic())
                .mapToInt(ParameterTensor::size)
                .sum();
        trained = new Cursor(parameters, false, 0);
        statistics = new Cursor(parameters, true, trainedSize);
    }

    /**
     * The next tensor that was trained.
     *
     * @throws java.util.NoSuchElementException when all have been handed out
     */
    Constant next() {
        return trained.next();
    }

    /**
     * The next tensor of running statistics.
     *
     * @throws java.util.NoSuchElementException when all have been handed out
     */
    Constant nextStatistic() {
        return statistics.next();
    }

    private static final class Cursor {
        private final Iterator<ParameterTensor> tensors;
        private final float[] values;
        private int position;

        Cursor(Parameters parameters, boolean statistics, int position) {
            this.tensors = parameters.tensors().stream()
                    .filter(tensor -> tensor.role().isStatistic() == statistics)
                    .iterator();
            this.values = parameters.values();
            this.position = position;
        }

        Constant next() {
            ParameterTensor tensor = tensors.next();
            int start = position;
            position += tensor.size();
            return new Constant(tensor.name(), tensor.shape(), Arrays.copyOfRange(values, start, position));
        }
    }
}
