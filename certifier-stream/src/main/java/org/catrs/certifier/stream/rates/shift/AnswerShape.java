// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.rates.shift;

import org.jspecify.annotations.Nullable;

/**
 * What of an answer is compared with the baseline.
 *
 * @param label the certified class, from 0; null when the certifier abstained
 * @param radius the certified L2 radius as a multiple of sigma; 0 when the certifier abstained
 */
public record AnswerShape(@Nullable Integer label, double radius) {
    /** The certifier abstained. */
    public static final AnswerShape ABSTAINED = new AnswerShape(null, 0);

    /** @throws IllegalArgumentException when the label or the radius is negative, or the radius is no number */
    public AnswerShape {
        if ((label != null && label < 0) || !(radius >= 0)) {
            throw new IllegalArgumentException("a label and a radius are at least 0, found " + label + ", " + radius);
        }
    }

    boolean isCertified() {
        return label != null;
    }
}
