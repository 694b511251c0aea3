// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier;

import java.util.Locale;

/** Arithmetic that a network runs in. */
enum Precision {
    FP32;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
