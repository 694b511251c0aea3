// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing;

import org.catrs.certifier.smoothing.noise.Phase;

/**
 * Noisy copies of an image that are counted together.
 *
 * @param first index of the first one in its phase, at least 0
 * @param samples their number, at least 1
 */
public record SampleRange(Phase phase, long first, long samples) {
    /** @throws IllegalArgumentException when the range is empty or begins before 0 */
    public SampleRange {
        if (first < 0 || samples < 1) {
            throw new IllegalArgumentException(
                    "a range begins at 0 or later and has a sample, found " + samples + " from " + first + " on");
        }
    }
}
