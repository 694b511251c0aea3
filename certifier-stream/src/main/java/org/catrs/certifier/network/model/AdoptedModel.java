// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.catrs.certifier.network.adoption.AdoptedNetwork;
import org.catrs.certifier.network.options.ExecutionProvider;
import org.catrs.certifier.network.options.InferenceOptions;
import org.catrs.certifier.network.options.Optimization;
import org.catrs.certifier.network.options.Tuning;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.Sha256;
import org.catrs.schemas.file.AtomicFiles;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.model.CalibrationImages;
import org.catrs.schemas.model.ModelManifest;
import org.catrs.schemas.model.ModelManifest.DatasetReference;

/**
 * A model of a network that somebody brought, as a folder.
 *
 * @param network the network
 * @param manifest what is known of it
 * @param images to calibrate a quantised network with, at most {@link CalibrationImages#MOST}; empty for none
 */
public record AdoptedModel(AdoptedNetwork network, ModelManifest manifest, List<ImageTensor> images) {
    private static final String ADOPTED = "adopted";
    private static final String NOT_KNOWN = "not known";
    private static final double ANY_SIGMA = 1;
    private static final int TRIAL_BATCH = 4;
    private static final int SHORT_HASH_LENGTH = 12;

    /**
     * A model.
     *
     * @param name of it in certificates
     * @param classNames in the order of the logits
     * @param sigma standard deviation of the noise to certify with, in units of pixels scaled to [0, 1]; 0 to leave it
     *     open
     * @throws InvalidDataException when the names are not as many as the network has classes
     */
    public static AdoptedModel of(
            AdoptedNetwork network, String name, List<String> classNames, double sigma, List<ImageTensor> images) {
        if (classNames.size() != network.classes()) {
            throw new InvalidDataException("the network tells " + network.classes() + " classes apart, but "
                    + classNames.size() + " names were given: " + classNames);
        }
        String sha256 = Sha256.of(network.onnx());
        ModelManifest manifest = new ModelManifest(
                name,
                sha256.substring(0, SHORT_HASH_LENGTH),
                sha256,
                network.image(),
                classNames,
                sigma,
                ADOPTED,
                ADOPTED,
                network.facts(),
                new DatasetReference(NOT_KNOWN, Sha256.of(new byte[0]), 0),
                0,
                0,
                Map.of(),
                null);
        return new AdoptedModel(network, manifest, List.copyOf(images));
    }

    /**
     * Opens the model once, as it will be opened to certify, but without a search for the fastest way to run it.
     *
     * @throws InvalidDataException when it cannot be certified; with the reason
     */
    public void requireCertifiable(String source) {
        InferenceOptions inference = new InferenceOptions(
                1, null, ExecutionProvider.CPU, null, new Tuning(Optimization.EXTENDED, TRIAL_BATCH));
        ModelOverrides options = new ModelOverrides(ANY_SIGMA, null, List.of(), inference);
        OpenModel.open(network.onnx(), manifest, source + ", adopted, ", options)
                .close();
    }

    /**
     * Writes the folder. Readers see no manifest before its network is whole.
     *
     * @throws UncheckedIOException when it cannot be written
     */
    public void write(Path folder) {
        try {
            Files.createDirectories(folder);
            for (String stale :
                    List.of(ModelManifest.FILE_NAME, ModelManifest.SIGNATURE_FILE_NAME, CalibrationImages.FILE_NAME)) {
                Files.deleteIfExists(folder.resolve(stale));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot be written: " + e, e);
        }
        AtomicFiles.write(folder.resolve(ModelManifest.ONNX_FILE_NAME), network.onnx());
        if (!images.isEmpty()) {
            AtomicFiles.write(
                    folder.resolve(CalibrationImages.FILE_NAME),
                    CalibrationImages.of(images).toByteArray());
        }
        manifest.write(folder.resolve(ModelManifest.FILE_NAME));
    }
}
