// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

/** What is known of a value that flows along a graph. */
sealed interface Value {
    /** Independent of the pixels, and the same in each run. */
    record Constant(Tensor tensor) implements Value {}

    /**
     * A value of each image alone: the one at number f, row-major, is a function of image (f / width) mod batch, the same
     * function at each place of the batch.
     *
     * @param shape of the whole value, the batch in it
     * @param width of which, times the batch, the number of values is a multiple
     */
    record PerImage(Shape shape, long width) implements Value {}

    /** Some function of the one image of a batch of one, of whatever shape. */
    record Alone() implements Value {}

    /** Anything else. */
    record Unknown(Cause cause) implements Value {}
}
