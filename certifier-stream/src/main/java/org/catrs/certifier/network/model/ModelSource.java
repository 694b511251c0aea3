// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.model;

import org.catrs.schemas.model.ModelManifest;

/**
 * Where a model came from, for messages.
 *
 * @param onnx the network's file
 * @param manifest the manifest's file, or where it would be
 */
record ModelSource(String onnx, String manifest) {
    static ModelSource of(ModelFiles files) {
        return new ModelSource(files.onnx().toString(), String.valueOf(files.manifest()));
    }

    /** @param folder ends with a slash */
    static ModelSource inFolder(String folder) {
        return new ModelSource(folder + ModelManifest.ONNX_FILE_NAME, folder + ModelManifest.FILE_NAME);
    }
}
