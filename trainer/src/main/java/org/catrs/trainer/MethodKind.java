// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer;

import java.util.Locale;

/** The training methods; a command line names them in lower case with a hyphen. */
enum MethodKind {
    GAUSSIAN,
    CAT_RS;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
