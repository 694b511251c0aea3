// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method.loss;

/**
 * How what a method adds to the loss on plain noise comes in: from nothing, linearly, to its full strength (paper,
 * appendix B.2).
 *
 * @param epochs passes over the data until the full strength, at least 0
 */
public record WarmUp(double epochs) {
    /** Strength in [0, 1] after so many passes over the data. */
    public double strength(double epoch) {
        return epoch < epochs ? epoch / epochs : 1;
    }
}
