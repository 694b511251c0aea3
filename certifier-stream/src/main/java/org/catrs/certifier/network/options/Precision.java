// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.options;

import java.util.Locale;

/** Arithmetic that a network runs in; a command line and a certificate name it in lower case. */
public enum Precision {
    /** 32-bit floating point, as the network was trained. */
    FP32,
    /** 16-bit floating point, of a network whose constants were rounded to it; on CUDA only. */
    FP16,
    /** 8-bit integers, in a network that was made of another: a model of its own. */
    INT8;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
