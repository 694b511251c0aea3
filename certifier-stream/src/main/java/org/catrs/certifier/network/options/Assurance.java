// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.options;

import java.util.Locale;

/** How well it must be known that a network treats each image of a batch by itself; a command line names it in lower case. */
public enum Assurance {
    /** The network's graph shows it. */
    PROVED,
    /** Runs on some images show nothing else, where the graph does not tell: for experiments, and said in certificates. */
    TRIED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
