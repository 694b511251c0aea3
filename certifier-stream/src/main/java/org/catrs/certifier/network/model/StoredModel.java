// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.catrs.certifier.network.OnnxClassifier;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.Sha256;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.model.CalibrationImages;
import org.catrs.schemas.model.ModelManifest;
import org.jspecify.annotations.Nullable;

/**
 * A model that is not open yet: its network, its manifest, and where the two are from.
 *
 * @param onnx the network's file; it is read once, so that what is hashed is what runs
 * @param manifest null where there is none
 * @param calibration images of its kind; null where there are none
 * @param onnxLocation where the network is from, for messages
 * @param manifestLocation where the manifest is from, or would be, for messages
 * @param defaultName the name that the model has where neither its manifest nor anybody gives it one
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier to the classifier, never compared
record StoredModel(
        byte[] onnx,
        @Nullable ModelManifest manifest,
        @Nullable CalibrationImages calibration,
        String onnxLocation,
        String manifestLocation,
        String defaultName) {
    /** @throws InvalidDataException when a file cannot be read, or the manifest is none */
    static StoredModel read(ModelFiles files) {
        ModelManifest manifest = files.manifest() == null ? null : ModelManifest.read(files.manifest());
        Path images = files.calibration();
        return new StoredModel(
                files.readOnnx(),
                manifest,
                manifest == null || !Files.isRegularFile(images)
                        ? null
                        : CalibrationImages.read(images, manifest.inputShape()),
                files.onnx().toString(),
                files.onnx().resolveSibling(ModelManifest.FILE_NAME).toString(),
                files.defaultName());
    }

    /** @param folder where it lies, with a slash at the end */
    static StoredModel in(String folder, byte[] onnx, ModelManifest manifest, @Nullable CalibrationImages calibration) {
        return new StoredModel(
                onnx,
                manifest,
                calibration,
                folder + ModelManifest.ONNX_FILE_NAME,
                folder + ModelManifest.FILE_NAME,
                manifest.name());
    }

    /** @throws InvalidDataException when there is a manifest, and it is of another network */
    void requireHash() {
        if (manifest == null) {
            return;
        }
        String sha256 = Sha256.of(onnx);
        if (!manifest.sha256().equals(sha256)) {
            throw new InvalidDataException(onnxLocation + " has SHA-256 " + sha256 + ", but " + manifestLocation
                    + " describes a file of SHA-256 " + manifest.sha256()
                    + ": one of the two was replaced or damaged; bring back the pair that belongs together");
        }
    }

    /** @throws InvalidDataException when there is a manifest, and the network takes or gives other shapes than it says */
    void requireShapes(OnnxClassifier classifier) {
        if (manifest == null) {
            return;
        }
        ImageShape input = classifier.inputShape();
        if (!manifest.inputShape().equals(input)) {
            throw new InvalidDataException(onnxLocation + " takes images of " + input + ", but " + manifestLocation
                    + " says " + manifest.inputShape() + " (channels x height x width)");
        }
        if (manifest.classNames().size() != classifier.classes()) {
            throw new InvalidDataException(onnxLocation + " gives " + classifier.classes() + " logits, but "
                    + manifestLocation + " names " + manifest.classNames().size() + " classes");
        }
    }

    /**
     * Standard deviation of the noise to certify with, in units of pixels scaled to [0, 1].
     *
     * @param given takes precedence; null for the manifest's
     * @throws InvalidDataException when neither says it
     */
    double sigma(@Nullable Double given) {
        if (given != null) {
            return given;
        }
        if (manifest == null || manifest.sigma() == 0) {
            String found = manifest == null
                    ? onnxLocation + " comes without a manifest (" + ModelManifest.FILE_NAME
                            + " in the folder that is named as the model)"
                    : manifestLocation + " has sigma 0: it was trained without noise, or nobody said";
            throw new InvalidDataException(found + ", so it needs --sigma S: the standard deviation of the noise to "
                    + "certify with, in units of pixels scaled to [0, 1], such as 0.5");
        }
        return manifest.sigma();
    }

    /** The noise that the network was trained for, as its manifest says; empty where nobody said. */
    OptionalDouble trainedSigma() {
        return manifest == null || manifest.sigma() == 0 ? OptionalDouble.empty() : OptionalDouble.of(manifest.sigma());
    }

    /**
     * A name for each class, in the order of the logits; their numbers where nobody named them.
     *
     * @param given take precedence; empty for the manifest's
     * @throws InvalidDataException when they are not as many as the network has classes
     */
    List<String> classNames(List<String> given, int classes) {
        if (given.isEmpty()) {
            return manifest != null
                    ? manifest.classNames()
                    : IntStream.range(0, classes).mapToObj(Integer::toString).toList();
        }
        if (given.size() != classes) {
            throw new InvalidDataException(
                    "the model has " + classes + " classes, but " + given.size() + " names were given: " + given);
        }
        return given;
    }

    /** @throws InvalidDataException when the manifest asks for a plan that there is not */
    ManifestPlan plan() {
        return ManifestPlan.of(manifest == null ? null : manifest.plan(), manifestLocation);
    }
}
