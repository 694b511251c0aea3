// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method.slice;

import java.util.Locale;

/**
 * What a method's losses are called where they are shown: the two parts of {@link SliceLoss}.
 *
 * @param base the part on images with plain noise; empty when the method has none
 * @param robust the part that it adds; empty when it has none
 */
public record LossNames(String base, String robust) {
    /** From here on one digit after the point is enough. */
    private static final double LARGE = 10;

    /**
     * The losses by their names, as {@code low 0.412, high 0.223}.
     *
     * @param meanBase mean over images
     * @param meanRobust mean over images
     */
    public String describe(double meanBase, double meanRobust) {
        String first = base.isEmpty() ? "" : describe(base, meanBase);
        String second = robust.isEmpty() ? "" : describe(robust, meanRobust);
        return first + (first.isEmpty() || second.isEmpty() ? "" : ", ") + second;
    }

    private static String describe(String name, double value) {
        return String.format(Locale.ROOT, value < LARGE ? "%s %.3f" : "%s %.1f", name, value);
    }
}
