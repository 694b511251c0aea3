// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.Sha256;
import org.catrs.schemas.file.AtomicFiles;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.json.JsonRecords;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a model, in {@value #FILE_NAME} beside its ONNX file {@value #ONNX_FILE_NAME}.
 *
 * @param name name of the model
 * @param version version of this training of it
 * @param sha256 SHA-256 of the ONNX file, lower-case hex
 * @param inputShape shape of the images that it takes
 * @param classNames names of the classes, in the order of the logits
 * @param sigma standard deviation of the noise that it was trained at, in units of pixels scaled to [0, 1]
 * @param architecture name of the network's architecture
 * @param method name of the training method
 * @param hyperparameters all the method's and the schedule's hyperparameters, by name
 * @param dataset the data that it was trained on
 * @param epochs passes over the data; may be fractional
 * @param seed seed of the training
 * @param engines versions of what trained and exported it, by name
 * @param exportParity what the check of the exported file against the trained network gave
 * @param quantization how the network was made of another; null for one that runs as it was trained
 * @param plan how images are certified with the model unless they say otherwise; null to leave it to the service
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder(alphabetic = true)
public record ModelManifest(
        String name,
        String version,
        String sha256,
        ImageShape inputShape,
        List<String> classNames,
        double sigma,
        String architecture,
        String method,
        Map<String, String> hyperparameters,
        DatasetReference dataset,
        double epochs,
        long seed,
        Map<String, String> engines,
        @Nullable ExportParity exportParity,
        @Nullable Quantization quantization,
        @Nullable DefaultPlan plan) {
    /** Name of the manifest's file in a model's folder. */
    public static final String FILE_NAME = "model.json";

    /** Name of the network's file in a model's folder. */
    public static final String ONNX_FILE_NAME = "model.onnx";

    /** Name of the file with the signature of a release, see {@link org.catrs.schemas.signature.ReleaseSignature}, where a store has one. */
    public static final String SIGNATURE_FILE_NAME = "model.json.sig";

    /** @throws IllegalArgumentException when a value is none that a model can have */
    public ModelManifest {
        Sha256.requireHex(sha256);
        if (classNames.isEmpty()) {
            throw new IllegalArgumentException("a model has at least one class name, found none");
        }
        if (!(sigma >= 0 && sigma < Double.POSITIVE_INFINITY && epochs >= 0 && epochs < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "sigma and epochs are finite and at least 0, found " + sigma + " and " + epochs);
        }
        classNames = List.copyOf(classNames);
        hyperparameters = Map.copyOf(hyperparameters);
        engines = Map.copyOf(engines);
    }

    /** A model that runs as it was trained, and leaves its plan to the service. */
    public ModelManifest(
            String name,
            String version,
            String sha256,
            ImageShape inputShape,
            List<String> classNames,
            double sigma,
            String architecture,
            String method,
            Map<String, String> hyperparameters,
            DatasetReference dataset,
            double epochs,
            long seed,
            Map<String, String> engines,
            @Nullable ExportParity exportParity) {
        this(
                name,
                version,
                sha256,
                inputShape,
                classNames,
                sigma,
                architecture,
                method,
                hyperparameters,
                dataset,
                epochs,
                seed,
                engines,
                exportParity,
                null,
                null);
    }

    /** The manifest of a quantised network that was made of this model's. */
    public ModelManifest quantized(String quantizedVersion, String quantizedSha256, Quantization how) {
        return new ModelManifest(
                name,
                quantizedVersion,
                quantizedSha256,
                inputShape,
                classNames,
                sigma,
                architecture,
                method,
                hyperparameters,
                dataset,
                epochs,
                seed,
                engines,
                null,
                how,
                plan);
    }

    /**
     * Reads a manifest.
     *
     * @throws InvalidDataException when the file cannot be read or is no manifest; the message names file and field
     */
    public static ModelManifest read(Path file) {
        try {
            return JsonRecords.read(Files.readAllBytes(file), ModelManifest.class);
        } catch (IOException e) {
            throw InvalidDataException.unreadable(file, e);
        } catch (InvalidDataException e) {
            throw new InvalidDataException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Writes this manifest as indented JSON with sorted fields; readers see the old file or the whole new one.
     *
     * @throws UncheckedIOException when the file cannot be written
     */
    public void write(Path file) {
        AtomicFiles.write(file, JsonRecords.writeIndented(this).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The data that a model was trained on.
     *
     * @param name name of the data set and its split
     * @param sha256 hash of its images and labels, see {@link org.catrs.schemas.dataset.Dataset#sha256()}
     * @param size number of images
     */
    public record DatasetReference(String name, String sha256, int size) {
        /** @throws IllegalArgumentException when the hash is none */
        public DatasetReference {
            Sha256.requireHex(sha256);
        }
    }

    /**
     * How closely the exported file follows the trained network on noisy images.
     *
     * @param images number of noisy images compared
     * @param largestLogitDifference largest absolute difference of a logit
     * @param argmaxAgreement share of images with the same largest logit, 0 to 1
     */
    public record ExportParity(int images, double largestLogitDifference, double argmaxAgreement) {}

    /**
     * How a quantised network was made of a floating-point one.
     *
     * @param sourceSha256 SHA-256 of the floating-point network's ONNX file
     * @param sigma standard deviation of the noise on the images that it was calibrated with
     * @param calibrationImages number of these images
     * @param calibrationSha256 SHA-256 of their values, uint8, one image after another, each C x H x W
     * @param weightBits bits of a weight
     * @param comparedImages number of noisy images on which the two were compared
     * @param argmaxAgreement share of these with the same largest logit, 0 to 1
     */
    public record Quantization(
            String sourceSha256,
            double sigma,
            int calibrationImages,
            String calibrationSha256,
            int weightBits,
            long comparedImages,
            double argmaxAgreement) {
        /** @throws IllegalArgumentException when a hash is none */
        public Quantization {
            Sha256.requireHex(sourceSha256);
            Sha256.requireHex(calibrationSha256);
        }
    }
}
