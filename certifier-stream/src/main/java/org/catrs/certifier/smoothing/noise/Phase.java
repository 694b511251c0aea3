// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.noise;

/** The two phases of CERTIFY (Cohen et al. 2019, section 3.2.2), whose noise is independent. */
public enum Phase {
    /** The n0 samples that choose the candidate class. */
    SELECTION(0),
    /** The n samples that bound the candidate's probability. */
    ESTIMATION(1);

    /** First byte of the keystream's counter blocks. */
    final long code;

    Phase(long code) {
        this.code = code;
    }
}
