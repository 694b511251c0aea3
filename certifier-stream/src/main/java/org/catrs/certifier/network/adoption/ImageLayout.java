// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.adoption;

import java.util.Locale;

/** Where the channels of a network's images stand; a command line names it in lower case. */
public enum ImageLayout {
    /** Batch x channels x height x width. */
    NCHW,
    /** Batch x height x width x channels. */
    NHWC;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
