// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.catrs.schemas.model.ModelManifest;

/**
 * A model of 1 x 28 x 28 and ten classes, sigma 0.25: the class is the brightest of the image's first ten rows. Made by
 * generate.py beside it.
 */
public final class TestModel {
    private TestModel() {}

    /** Its folder. */
    public static Path folder() {
        try {
            return Path.of(TestModel.class.getResource("rows/model.onnx").toURI())
                    .getParent();
        } catch (URISyntaxException exception) {
            throw new IllegalStateException(exception);
        }
    }

    /** A copy of its folder, to be changed. */
    static Path copyTo(Path folder) {
        try {
            for (String name : new String[] {ModelManifest.ONNX_FILE_NAME, ModelManifest.FILE_NAME}) {
                Files.copy(folder().resolve(name), folder.resolve(name));
            }
            return folder;
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
