// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer;

import java.util.List;
import java.util.Locale;

/** The training methods; a command line names them in lower case with a hyphen. */
enum MethodKind {
    GAUSSIAN,
    CAT_RS;

    /** Names of the options that this method reads, beside those of every method. */
    List<String> options() {
        return switch (this) {
            case GAUSSIAN -> List.of();
            case CAT_RS -> List.of("--noises", "--lambda", "--p0", "--epsilon", "--pgd-steps");
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
