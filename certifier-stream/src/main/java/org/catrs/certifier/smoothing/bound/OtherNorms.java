// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.bound;

/**
 * What an L2 radius implies in two other norms, rounded down, in the same units. It is weaker than a certificate that is
 * made for the norm.
 *
 * @param l1 no perturbation whose absolute values sum to less changes the label: no vector is longer in L2 than in L1
 * @param linf no perturbation that changes every value by less changes the label: in L2 it is at most the root of the
 *     number of values times as long
 */
public record OtherNorms(double l1, double linf) {
    /**
     * Of an L2 radius.
     *
     * @param radius in units of pixels scaled to [0, 1], rounded down
     * @param values number of values of the image, channels x height x width
     */
    public static OtherNorms of(double radius, int values) {
        return new OtherNorms(radius, Math.max(0, Math.nextDown(radius / Math.nextUp(Math.sqrt(values)))));
    }
}
