// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.model.CalibrationImages;
import org.catrs.schemas.model.ModelManifest;
import org.catrs.schemas.model.ShippedModels;
import org.jspecify.annotations.Nullable;

/**
 * Where a model lies.
 *
 * @param onnx the network's file
 * @param manifest the manifest's file; null where there is none
 */
record ModelFiles(Path onnx, @Nullable Path manifest) {
    /** ONNX files are protocol buffers, which cannot be larger; nor can a Java array. */
    private static final long LARGEST = Integer.MAX_VALUE - 8L;

    /**
     * Finds a model's files.
     *
     * @param model a folder, or an ONNX file, beside which no manifest is looked for, or the name of a shipped model,
     *     before which a file or folder of the same name goes
     * @throws InvalidDataException when there is no model
     */
    static ModelFiles find(Path model, ShippedModels shipped) {
        if (Files.isRegularFile(model)) {
            return new ModelFiles(model, null);
        }
        if (Files.isDirectory(model)) {
            return inFolder(model);
        }
        return inFolder(shipped.find(model.toString())
                .orElseThrow(() -> new InvalidDataException("there is no model at " + model + ": name a folder with "
                        + ModelManifest.ONNX_FILE_NAME + " and " + ModelManifest.FILE_NAME + ", or an ONNX file, or"
                        + " one of the models that come with catrs: " + String.join(", ", ShippedModels.NAMES))));
    }

    static ModelFiles inFolder(Path model) {
        Path onnx = model.resolve(ModelManifest.ONNX_FILE_NAME);
        if (!Files.isRegularFile(onnx)) {
            throw new InvalidDataException(
                    "the folder " + model + " has no " + ModelManifest.ONNX_FILE_NAME + ", so it is no model's");
        }
        Path manifest = model.resolve(ModelManifest.FILE_NAME);
        return new ModelFiles(onnx, Files.isRegularFile(manifest) ? manifest : null);
    }

    /** @throws InvalidDataException when the file cannot be read */
    byte[] readOnnx() {
        try {
            long size = Files.size(onnx);
            if (size > LARGEST) {
                throw new InvalidDataException(onnx + " has " + size + " bytes; an ONNX file has at most " + LARGEST);
            }
            return Files.readAllBytes(onnx);
        } catch (IOException exception) {
            throw InvalidDataException.unreadable(onnx, exception);
        }
    }

    /** Where images of the model's kind lie, if there are any. */
    Path calibration() {
        return onnx.resolveSibling(CalibrationImages.FILE_NAME);
    }

    /** The name that the model has where nobody gives it one: its file's without extension. */
    String defaultName() {
        String file = String.valueOf(onnx.getFileName());
        int dot = file.lastIndexOf('.');
        return dot > 0 ? file.substring(0, dot) : file;
    }
}
