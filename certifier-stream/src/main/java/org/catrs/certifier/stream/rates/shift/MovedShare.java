// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.rates.shift;

/**
 * A share that is not that of the baseline.
 *
 * @param share its name
 * @param baseline the share in the baseline
 * @param now the share among the answers that showed the shift
 * @param trials number of these answers
 */
public record MovedShare(String share, double baseline, double now, long trials) {
    double distance() {
        return Math.abs(now - baseline);
    }
}
