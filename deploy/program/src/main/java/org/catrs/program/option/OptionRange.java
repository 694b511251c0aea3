// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.option;

import org.catrs.schemas.InvalidDataException;

/** Ranges of the command line's options. */
public final class OptionRange {
    private OptionRange() {}

    /**
     * Checks a value.
     *
     * @param holds whether it is in its range; written so that NaN is not
     * @param option name of the option
     * @param range what is allowed, after "must be"
     * @throws InvalidDataException when it is not
     */
    public static void require(boolean holds, String option, String range, Object found) {
        if (!holds) {
            throw new InvalidDataException(option + " must be " + range + ", found " + found);
        }
    }
}
