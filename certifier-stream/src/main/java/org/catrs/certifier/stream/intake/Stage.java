// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.intake;

import java.util.Locale;

/** The stage of the way of the data at which an image was rejected; headers and metrics name it in lower case. */
public enum Stage {
    /** Before decoding: what the record says of itself. */
    INTAKE,
    /** From bytes to an image tensor. */
    DECODE,
    /** From an image tensor to a certificate. */
    INFERENCE,
    /** From a certificate to a record that can be sent. */
    ANSWER;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
