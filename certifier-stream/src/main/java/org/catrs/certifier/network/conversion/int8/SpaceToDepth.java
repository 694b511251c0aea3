// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.conversion.int8;

import org.catrs.schemas.image.ImageShape;

/**
 * A first convolution of one channel and the 2 x 2 pooling after it, rewritten for images whose blocks of 2 x 2 pixels are
 * four channels of one place. A convolution of one channel keeps a CPU's vectors mostly empty; of four, it does a
 * little more work much faster. For each of the four places in a pooling's window there is a copy of the filters, moved by
 * that place; the pooling takes the largest of the four. All sums are the same sums.
 */
final class SpaceToDepth {
    /** Pixels of a block's side, and places of a window's side. */
    static final int BLOCK = 2;

    static final int PLACES = BLOCK * BLOCK;

    private SpaceToDepth() {}

    /** Whether a convolution can be rewritten; the step after it must be its only use, too. */
    static boolean suits(FloatLayer.Convolution convolution, ImageShape input, ImageShape output) {
        return input.channels() == 1
                && input.height() % BLOCK == 0
                && input.width() % BLOCK == 0
                && output.height() % BLOCK == 0
                && output.width() % BLOCK == 0
                && convolution.window().isDense();
    }

    /** The window of the rewritten convolution, in blocks. */
    static Window rewritten(Window window) {
        return new Window(window.kernel().stream().map(SpaceToDepth::blocks).toList(), window.strides(), window.pads());
    }

    private static long blocks(long kernel) {
        return kernel / BLOCK + 1;
    }

    /** The weights of the rewritten convolution, place by place: filters of four channels x blocks x blocks each. */
    static QuantizedWeights rewritten(QuantizedWeights weights, Window window) {
        int rows = window.kernel().get(0).intValue();
        int columns = window.kernel().get(1).intValue();
        int filters = weights.outputs();
        byte[][] values = new byte[PLACES * filters][];
        float[] scales = new float[PLACES * filters];
        int[] biases = new int[PLACES * filters];
        for (int place = 0; place < PLACES; place++) {
            for (int filter = 0; filter < filters; filter++) {
                values[place * filters + filter] = moved(weights.values()[filter], rows, columns, place);
            }
            System.arraycopy(weights.scales(), 0, scales, place * filters, filters);
            System.arraycopy(weights.biases(), 0, biases, place * filters, filters);
        }
        return new QuantizedWeights(values, scales, biases);
    }

    private static byte[] moved(byte[] filter, int rows, int columns, int place) {
        int high = (int) blocks(rows);
        int wide = (int) blocks(columns);
        byte[] moved = new byte[PLACES * high * wide];
        for (int i = 0; i < filter.length; i++) {
            int row = i / columns + place / BLOCK;
            int column = i % columns + place % BLOCK;
            int channel = row % BLOCK * BLOCK + column % BLOCK;
            moved[(channel * high + row / BLOCK) * wide + column / BLOCK] = filter[i];
        }
        return moved;
    }
}
