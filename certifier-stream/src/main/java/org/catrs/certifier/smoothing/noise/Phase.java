// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.noise;

/**
 * A phase of CERTIFY (Cohen et al. 2019, section 3.2.2): noise of different phases is independent. One phase chooses the
 * candidate class, and each attempt to bound a candidate's probability has one of its own.
 *
 * @param code first byte of the keystream's counter blocks, 0 to 127
 */
public record Phase(int code) {
    /** The n0 samples that choose the candidate class. */
    public static final Phase SELECTION = new Phase(0);

    /** The samples of the first attempt to bound the candidate's probability. */
    public static final Phase ESTIMATION = ofAttempt(0);

    /** @throws IllegalArgumentException when the code is out of its range */
    public Phase {
        if (code < 0 || code > Byte.MAX_VALUE) {
            throw new IllegalArgumentException("a phase is 0 to " + Byte.MAX_VALUE + ", found " + code);
        }
    }

    /**
     * The phase of an attempt's samples.
     *
     * @param attempt 0 for the first one
     */
    public static Phase ofAttempt(int attempt) {
        return new Phase(1 + attempt);
    }
}
