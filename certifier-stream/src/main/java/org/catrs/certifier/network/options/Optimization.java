// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.options;

import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.util.Locale;

/** How far ONNX Runtime rewrites a network's graph; a command line and an engine's version name it in lower case. */
public enum Optimization {
    /** Fuses nodes. */
    EXTENDED(OptLevel.EXTENDED_OPT),
    /** Also lays values out anew, with channels in blocks of 16. */
    ALL(OptLevel.ALL_OPT);

    private final OptLevel level;

    Optimization(OptLevel level) {
        this.level = level;
    }

    /** What ONNX Runtime calls it. */
    public OptLevel level() {
        return level;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
