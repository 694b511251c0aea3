// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli.options;

import org.catrs.schemas.dataset.Split;
import picocli.CommandLine.Option;

/** Which part of a data set a command takes; mixed into commands. */
public final class SplitOption {
    @Option(
            names = "--split",
            paramLabel = "SPLIT",
            defaultValue = "test",
            description = "part of the data set: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Split split;

    /** Part of a data set. */
    public Split split() {
        return split;
    }
}
