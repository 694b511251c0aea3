// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.inference;

import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.util.Locale;

/**
 * What decides which kernels a network runs.
 *
 * @param level how far ONNX Runtime rewrites the graph
 * @param batch images in a run
 */
record Settings(OptLevel level, int batch) {
    /** The settings as build metadata of a version, such as {@code extended.batch64}. */
    @Override
    public String toString() {
        return level.name().replace("_OPT", "").toLowerCase(Locale.ROOT) + ".batch" + batch;
    }
}
