// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.conversion.int8;

import java.util.List;
import java.util.Map;
import org.catrs.schemas.image.ImageShape;

/**
 * The windows in which a convolution or a pooling sees its input.
 *
 * @param kernel rows and columns of a window
 * @param strides rows and columns from one window to the next
 * @param pads rows above, columns to the left, rows below and columns to the right that are added to the input
 */
record Window(List<Long> kernel, List<Long> strides, List<Long> pads) {
    private static final List<Long> ONE = List.of(1L, 1L);
    private static final List<Long> TWO = List.of(2L, 2L);
    private static final List<Long> NO_PADS = List.of(0L, 0L, 0L, 0L);

    /** The output's shape for an input's. */
    ImageShape over(ImageShape input, int channels) {
        return new ImageShape(channels, along(0, input.height()), along(1, input.width()));
    }

    private int along(int axis, int size) {
        long padded = size + pads.get(axis) + pads.get(axis + 2);
        return Math.toIntExact((padded - kernel.get(axis)) / strides.get(axis) + 1);
    }

    /** Whether the windows lie at every place of the input itself. */
    boolean isDense() {
        return strides.equals(ONE) && pads.equals(NO_PADS);
    }

    /** Whether the windows tile the input in squares of 2 x 2. */
    boolean tilesByTwo() {
        return kernel.equals(TWO) && strides.equals(TWO) && pads.equals(NO_PADS);
    }

    /** The attributes of a node with these windows. */
    Map<String, List<Long>> attributes() {
        return Map.of("kernel_shape", kernel, "strides", strides, "pads", pads);
    }
}
