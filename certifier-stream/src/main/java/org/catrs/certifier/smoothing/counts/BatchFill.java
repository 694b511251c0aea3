// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.counts;

/**
 * How full the batches were that a network has run on.
 *
 * @param slots places for images in all batches that were run
 * @param used places whose votes somebody waited for; the others were empty, or of a request that had been given up
 */
public record BatchFill(long slots, long used) {
    /** Nothing was run. */
    public static final BatchFill NONE = new BatchFill(0, 0);

    /** @throws IllegalArgumentException when more slots are used than there are */
    public BatchFill {
        if (used < 0 || used > slots) {
            throw new IllegalArgumentException(used + " of " + slots + " slots cannot be used");
        }
    }

    /** Share of the slots that were used; 1 before the first batch. */
    public double share() {
        return slots == 0 ? 1 : (double) used / slots;
    }
}
