// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.architecture;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.random.RandomGenerator;
import org.catrs.schemas.Sha256;

/**
 * The parameters of a network, one tensor after the other in one array: first those that are trained, then the running
 * statistics of its batch normalizations.
 *
 * @param tensors names and shapes, of each kind in the order of the network's layers
 * @param values float32, shared and not copied: training writes to it
 */
@SuppressWarnings("ArrayRecordComponent") // identity is meant: the one array that a training run updates
public record Parameters(List<ParameterTensor> tensors, float[] values) {
    /** Copies the list. */
    public Parameters {
        tensors = List.copyOf(tensors);
    }

    /**
     * A tensor that is trained, as a matrix.
     *
     * @param rows one for each output, or for each value of a bias
     * @param columns values of a row, in one piece
     */
    public record Matrix(int rows, int columns) {
        /** Number of values. */
        public int size() {
            return rows * columns;
        }
    }

    /** The tensors that are trained, as matrices. */
    public List<Matrix> matrices() {
        return tensors.stream()
                .filter(tensor -> !tensor.role().isStatistic())
                .map(tensor -> new Matrix(tensor.size() / tensor.fanIn(), tensor.fanIn()))
                .toList();
    }

    /** SHA-256 of the values, as hexadecimal digits. */
    public String sha256() {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
        bytes.asFloatBuffer().put(values);
        return Sha256.of(bytes.array());
    }

    static Parameters initial(List<ParameterTensor> tensors, RandomGenerator random) {
        float[] values =
                new float[tensors.stream().mapToInt(ParameterTensor::size).sum()];
        int position = 0;
        int fanIn = 1;
        for (ParameterTensor tensor : tensors) {
            fanIn = tensor.role() == ParameterTensor.Role.WEIGHT ? tensor.fanIn() : fanIn;
            for (int end = position + tensor.size(); position < end; position++) {
                values[position] = tensor.initial(fanIn, random);
            }
        }
        return new Parameters(tensors, values);
    }
}
