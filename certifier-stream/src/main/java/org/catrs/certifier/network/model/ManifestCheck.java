// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.model;

import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.model.ModelManifest;

/** Holds a manifest against the network that it lies beside. */
final class ManifestCheck {
    private ManifestCheck() {}

    /** @throws InvalidDataException when the manifest is of another network */
    static void requireHash(ModelManifest manifest, ModelSource source, String sha256) {
        if (!manifest.sha256().equals(sha256)) {
            throw new InvalidDataException(source.onnx() + " has SHA-256 " + sha256 + ", but " + source.manifest()
                    + " describes a file of SHA-256 " + manifest.sha256()
                    + ": one of the two was replaced or damaged; bring back the pair that belongs together");
        }
    }

    /** @throws InvalidDataException when the network takes or gives other shapes than the manifest says */
    static void requireShapes(ModelManifest manifest, ModelSource source, ImageShape input, int classes) {
        if (!manifest.inputShape().equals(input)) {
            throw new InvalidDataException(source.onnx() + " takes images of " + input + ", but " + source.manifest()
                    + " says " + manifest.inputShape() + " (channels x height x width)");
        }
        if (manifest.classNames().size() != classes) {
            throw new InvalidDataException(source.onnx() + " gives " + classes + " logits, but " + source.manifest()
                    + " names " + manifest.classNames().size() + " classes");
        }
    }
}
