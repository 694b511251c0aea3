// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing;

/** The answer of CERTIFY (Cohen et al. 2019, section 3.2.2) to one image. */
public sealed interface Certificate {
    Evidence evidence();

    /**
     * With probability at least 1 - alpha over the noise, no perturbation inside the radius changes the smoothed
     * classifier's label.
     *
     * @param label the certified class, from 0
     * @param radius L2, in units of pixels scaled to [0, 1], rounded down, above 0
     */
    record Certified(int label, double radius, Evidence evidence) implements Certificate {}

    /** The samples do not show that any class has the majority. */
    record Abstained(Evidence evidence) implements Certificate {}
}
