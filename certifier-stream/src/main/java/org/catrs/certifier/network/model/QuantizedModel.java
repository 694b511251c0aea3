// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.catrs.certifier.network.conversion.QuantizedNetwork;
import org.catrs.certifier.network.independence.AdoptLine;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.Sha256;
import org.catrs.schemas.file.AtomicFiles;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.model.CalibrationImages;
import org.catrs.schemas.model.ModelManifest;
import org.catrs.schemas.model.ModelManifest.Quantization;
import org.catrs.schemas.model.ShippedModels;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model of its own: the quantised network that was made of a folder's model, for a sigma. It is kept in the folder, so
 * that who checks a certificate finds the network that was run.
 *
 * @param quantization how it was made
 * @param folder where it is kept
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier to the classifier, never compared
public record QuantizedModel(byte[] onnx, ModelManifest manifest, Quantization quantization, Path folder) {
    private static final Logger LOG = LoggerFactory.getLogger(QuantizedModel.class);
    private static final int WEIGHT_BITS = 7;

    /**
     * Makes the quantised network of a model anew, and keeps it.
     *
     * @param model folder of the floating-point model
     * @param sigma standard deviation of the noise that it will be certified with; null for the manifest's
     * @param images to calibrate with; null for those in the folder
     * @throws InvalidDataException when there is no such model, or no quantised network can be made of it
     */
    public static QuantizedModel make(Path model, @Nullable Double sigma, @Nullable CalibrationImages images) {
        ModelFiles files = ModelFiles.find(model, ShippedModels.ofThisProcess());
        StoredModel source = StoredModel.read(files);
        double noise = sigma != null ? sigma : manifest(source).sigma();
        QuantizedModel made = make(files, source, noise, images != null ? images : kept(files, source));
        made.write();
        return made;
    }

    /**
     * The quantised network that is kept with a model, or one that is made now.
     *
     * @param source as it was read from the files
     * @param keep whether one that is made is kept, if the folder can be written
     */
    static QuantizedModel of(ModelFiles files, StoredModel source, double sigma, boolean keep) {
        Optional<QuantizedModel> found = find(files, source, sigma);
        if (found.isPresent()) {
            return found.get();
        }
        LOG.info("making a quantised network of {} for sigma {}", source.onnxLocation(), sigma);
        QuantizedModel made = make(files, source, sigma, kept(files, source));
        try {
            if (keep) {
                made.write();
            }
        } catch (UncheckedIOException e) {
            LOG.warn("{} is made again at each start, because it cannot be kept: {}", made.folder, e.getMessage());
        }
        return made;
    }

    private static Optional<QuantizedModel> find(ModelFiles source, StoredModel model, double sigma) {
        Path folder = folder(source, sigma);
        if (!Files.isRegularFile(folder.resolve(ModelManifest.FILE_NAME))) {
            return Optional.empty();
        }
        ModelFiles files = ModelFiles.inFolder(folder);
        ModelManifest manifest = ModelManifest.read(folder.resolve(ModelManifest.FILE_NAME));
        Quantization how = manifest.quantization();
        return how != null && how.sourceSha256().equals(Sha256.of(model.onnx()))
                ? Optional.of(new QuantizedModel(files.readOnnx(), manifest, how, folder))
                : Optional.empty();
    }

    private static QuantizedModel make(ModelFiles files, StoredModel source, double sigma, CalibrationImages images) {
        ModelManifest manifest = manifest(source);
        ImageShape found = images.images().get(0).shape();
        if (!found.equals(manifest.inputShape())) {
            throw new InvalidDataException(
                    "the images to calibrate with are " + found + " (channels x height x width), "
                            + source.onnxLocation() + " takes " + manifest.inputShape()
                            + ": give images of the model's own kind by --dataset and --data");
        }
        QuantizedNetwork made = QuantizedNetwork.of(source.onnx(), source.onnxLocation(), images.images(), sigma);
        Quantization how = new Quantization(
                manifest.sha256(),
                sigma,
                images.images().size(),
                images.sha256(),
                WEIGHT_BITS,
                made.comparedImages(),
                made.argmaxAgreement());
        String sha256 = Sha256.of(made.onnx());
        ModelManifest described = manifest.quantized(manifest.version() + "-int8", sha256, how);
        LOG.info(
                "the quantised network has the same label on {} of {} noisy images",
                how.argmaxAgreement(),
                how.comparedImages());
        return new QuantizedModel(made.onnx(), described, how, folder(files, sigma));
    }

    private static CalibrationImages kept(ModelFiles files, StoredModel source) {
        ModelManifest unused = manifest(source);
        CalibrationImages images = source.calibration();
        if (images == null) {
            Path file = files.calibration();
            throw new InvalidDataException("a quantised network is calibrated with images, but " + file
                    + " is not there: make the quantised network with deploy/catrs quantize --model " + file.getParent()
                    + " --dataset KIND --data DIR, or train it again, or adopt it again with --check IMAGES");
        }
        return images;
    }

    private static ModelManifest manifest(StoredModel source) {
        ModelManifest manifest = source.manifest();
        if (manifest == null) {
            throw new InvalidDataException(source.onnxLocation() + " comes without a manifest ("
                    + ModelManifest.FILE_NAME
                    + "), of which a quantised network needs one: name a model's folder"
                    + AdoptLine.of(source.onnxLocation(), "--sigma S", "--check IMAGES"));
        }
        source.requireHash();
        return manifest;
    }

    private static Path folder(ModelFiles files, double sigma) {
        return files.onnx().resolveSibling("int8-" + sigma);
    }

    /** Readers see no manifest before its network is whole. */
    private void write() {
        Path file = folder.resolve(ModelManifest.ONNX_FILE_NAME);
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(folder.resolve(ModelManifest.FILE_NAME));
            AtomicFiles.write(file, out -> out.write(onnx));
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written: " + e, e);
        }
        manifest.write(folder.resolve(ModelManifest.FILE_NAME));
    }
}
