// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.conversion.int8;

import java.util.List;
import java.util.Optional;

/** One operation of a network, with the batch normalisation and the ReLU that follow it in the file. */
sealed interface FloatLayer {
    /** Names of the values that it takes. */
    List<String> inputs();

    /** Name of the value that it gives. */
    String output();

    /** Adds its quantised form to what a quantizer writes. */
    void addTo(Quantizer quantizer);

    /** Whether its output needs a range of its own, and does not keep its input's. */
    default boolean isMeasured() {
        return true;
    }

    /** This operation with a ReLU behind it; empty where there is no such one in 8 bits. */
    default Optional<FloatLayer> withRelu(String newOutput) {
        return Optional.empty();
    }

    /**
     * A two-dimensional convolution.
     *
     * @param weights by output channel, each C x rows x columns
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier from file to file, never compared
    record Convolution(String input, String output, Window window, float[][] weights, float[] bias, boolean rectified)
            implements FloatLayer {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public void addTo(Quantizer quantizer) {
            quantizer.add(this);
        }

        @Override
        public Optional<FloatLayer> withRelu(String newOutput) {
            return Optional.of(new Convolution(input, newOutput, window, weights, bias, true));
        }

        /** This convolution with its outputs scaled and shifted by channel. */
        Convolution normalised(float[] factors, float[] shifts, String newOutput) {
            float[][] scaled = new float[weights.length][];
            float[] shifted = new float[bias.length];
            for (int channel = 0; channel < weights.length; channel++) {
                scaled[channel] = weights[channel].clone();
                for (int i = 0; i < scaled[channel].length; i++) {
                    scaled[channel][i] *= factors[channel];
                }
                shifted[channel] = bias[channel] * factors[channel] + shifts[channel];
            }
            return new Convolution(input, newOutput, window, scaled, shifted, false);
        }
    }

    /** The largest value of each window. */
    record MaxPooling(String input, String output, Window window) implements FloatLayer {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public void addTo(Quantizer quantizer) {
            quantizer.add(this);
        }

        @Override
        public boolean isMeasured() {
            return false;
        }
    }

    /** The mean of each channel. */
    record GlobalAveragePooling(String input, String output) implements FloatLayer {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public void addTo(Quantizer quantizer) {
            quantizer.add(this);
        }
    }

    /** The sum of two values of the same shape. */
    record Addition(String left, String right, String output, boolean rectified) implements FloatLayer {
        @Override
        public List<String> inputs() {
            return List.of(left, right);
        }

        @Override
        public void addTo(Quantizer quantizer) {
            quantizer.add(this);
        }

        @Override
        public Optional<FloatLayer> withRelu(String newOutput) {
            return Optional.of(new Addition(left, right, newOutput, true));
        }
    }

    /**
     * A matrix product over all of an input's values, in the order C x H x W.
     *
     * @param weights by output, each with a factor for each input
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier from file to file, never compared
    record Dense(String input, String output, float[][] weights, float[] bias, boolean rectified)
            implements FloatLayer {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public void addTo(Quantizer quantizer) {
            quantizer.add(this);
        }

        @Override
        public Optional<FloatLayer> withRelu(String newOutput) {
            return Optional.of(new Dense(input, newOutput, weights, bias, true));
        }
    }
}
