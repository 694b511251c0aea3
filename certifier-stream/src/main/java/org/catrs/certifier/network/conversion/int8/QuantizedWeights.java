// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.conversion.int8;

import java.nio.ByteBuffer;
import java.util.List;
import org.catrs.schemas.onnx.GraphBuilder;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;

/**
 * Weights as signed integers with a scale for each output, and biases in units of the accumulated products.
 *
 * <p>Weights have 7 bits, -63 to 63. CPUs without VNNI add two products of 8 bits in 16, which saturates from 8-bit
 * weights; 255 x 63 x 2 = 32,130 fits. So a file gives the same integers on every CPU.
 *
 * @param values by output
 * @param scales by output
 * @param biases by output
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier to the file, never compared
record QuantizedWeights(byte[][] values, float[] scales, int[] biases) {
    static final int LARGEST = 63;

    /** The integers nearest to weights and biases, for an input whose codes have a scale. */
    static QuantizedWeights of(float[][] weights, float[] bias, float inputScale) {
        byte[][] values = new byte[weights.length][];
        float[] scales = new float[weights.length];
        int[] biases = new int[weights.length];
        for (int output = 0; output < weights.length; output++) {
            float largest = 0;
            for (float weight : weights[output]) {
                largest = Math.max(largest, Math.abs(weight));
            }
            scales[output] = largest > 0 ? largest / LARGEST : 1;
            values[output] = new byte[weights[output].length];
            for (int i = 0; i < values[output].length; i++) {
                values[output][i] = (byte) Math.rint(weights[output][i] / scales[output]);
            }
            double unit = (double) inputScale * scales[output];
            biases[output] = (int) Math.rint(bias[output] / unit);
        }
        return new QuantizedWeights(values, scales, biases);
    }

    int outputs() {
        return values.length;
    }

    /** Writes a convolution's weights of a shape; gives their names with those of scales and zero points. */
    List<String> write(String name, List<Long> shape, GraphBuilder writer) {
        ByteBuffer all = ByteBuffer.allocate(values.length * values[0].length);
        for (byte[] row : values) {
            all.put(row);
        }
        return write(name, shape, all.array(), writer);
    }

    /**
     * Writes a matrix product's weights, a row for each input.
     *
     * @param order for each input, the row that it goes to
     */
    List<String> writeMatrix(String name, int[] order, GraphBuilder writer) {
        byte[] all = new byte[values.length * values[0].length];
        for (int output = 0; output < values.length; output++) {
            for (int input = 0; input < order.length; input++) {
                all[order[input] * values.length + output] = values[output][input];
            }
        }
        return write(name, List.of((long) order.length, (long) values.length), all, writer);
    }

    private List<String> write(String name, List<Long> shape, byte[] all, GraphBuilder writer) {
        List<Long> perOutput = List.of((long) values.length);
        return List.of(
                writer.bytes(name + ".weights", DataType.INT8, shape, all),
                writer.floats(name + ".weight-scales", perOutput, scales),
                writer.bytes(name + ".weight-zeros", DataType.INT8, perOutput, new byte[values.length]));
    }

    String writeBiases(String name, GraphBuilder writer) {
        return writer.integers(name + ".biases", biases);
    }
}
