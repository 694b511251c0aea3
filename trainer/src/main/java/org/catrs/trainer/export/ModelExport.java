// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.export;

import ai.djl.training.GradientCollector;
import ai.onnxruntime.OrtEnvironment;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.catrs.program.terminal.Version;
import org.catrs.schemas.Sha256;
import org.catrs.schemas.dataset.Dataset;
import org.catrs.schemas.file.AtomicFiles;
import org.catrs.schemas.model.CalibrationImages;
import org.catrs.schemas.model.ModelManifest;
import org.catrs.schemas.model.ModelManifest.DatasetReference;
import org.catrs.schemas.model.ModelManifest.ExportParity;
import org.catrs.trainer.architecture.Network;
import org.catrs.trainer.architecture.NetworkSpecification;
import org.catrs.trainer.architecture.Parameters;
import org.catrs.trainer.data.TrainingImages;
import org.catrs.trainer.engine.TorchEngine;
import org.catrs.trainer.noise.RandomStreams;
import org.catrs.trainer.noise.RandomStreams.Purpose;
import org.catrs.trainer.training.recipe.TrainingRecipe;

/**
 * Writes a trained network as a model folder. Equal trainings give equal files.
 *
 * @param name name of the model
 * @param recipe how it was trained
 * @param dataset what it was trained on
 */
public record ModelExport(String name, TrainingRecipe recipe, NetworkSpecification specification, Dataset dataset) {
    /**
     * Writes {@value ModelManifest#ONNX_FILE_NAME}, {@value CalibrationImages#FILE_NAME} and, once these are checked and
     * whole, {@value ModelManifest#FILE_NAME}.
     *
     * @param images the data set's images, of which the first serve to compare the file with the network
     * @throws IllegalStateException when a logit of the exported file differs from the network's by more than 1e-4, or that
     *     share of the largest logit
     */
    public ModelManifest write(Path folder, Parameters parameters, TrainingImages images) {
        String version = parameters.sha256().substring(0, 12);
        byte[] onnx = specification.toOnnx(parameters).toBytes(metadata(version));
        ExportParity parity = compare(parameters, images, onnx);
        ModelManifest manifest = new ModelManifest(
                name,
                version,
                Sha256.of(onnx),
                specification.input(),
                dataset.classNames(),
                recipe.sigma(),
                recipe.architecture().toString(),
                recipe.method(),
                hyperparameters(),
                new DatasetReference(dataset.name(), dataset.sha256(), dataset.size()),
                recipe.epochs(),
                recipe.seed(),
                enginesAndCommit(),
                parity);
        AtomicFiles.write(folder.resolve(ModelManifest.ONNX_FILE_NAME), onnx);
        AtomicFiles.write(
                folder.resolve(CalibrationImages.FILE_NAME),
                CalibrationImages.of(dataset).toByteArray());
        manifest.write(folder.resolve(ModelManifest.FILE_NAME));
        return manifest;
    }

    private ExportParity compare(Parameters parameters, TrainingImages images, byte[] onnx) {
        try (GradientCollector collector = TorchEngine.newCollector();
                Network network = new Network(specification, collector)) {
            network.load(parameters.values());
            return new ParityCheck(
                            images,
                            specification.input(),
                            recipe.sigma(),
                            new RandomStreams(recipe.seed()).generator(Purpose.EXPORT_CHECK, 0, 0))
                    .compare(network, onnx);
        }
    }

    /** The manifest's facts, but what depends on the file itself. */
    private Map<String, String> metadata(String version) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("name", name);
        facts.put("version", version);
        facts.put("inputShape", specification.input().toString());
        facts.put("classNames", String.join(",", dataset.classNames()));
        facts.put("sigma", Double.toString(recipe.sigma()));
        facts.put("architecture", recipe.architecture().toString());
        facts.put("method", recipe.method());
        hyperparameters().forEach((key, value) -> facts.put("hyperparameters." + key, value));
        facts.put("dataset.name", dataset.name());
        facts.put("dataset.sha256", dataset.sha256());
        facts.put("dataset.size", Integer.toString(dataset.size()));
        facts.put("epochs", Double.toString(recipe.epochs()));
        facts.put("seed", Long.toString(recipe.seed()));
        engines().forEach((key, value) -> facts.put("engines." + key, value));
        return facts;
    }

    private Map<String, String> hyperparameters() {
        Map<String, String> all = recipe.hyperparameters();
        all.putAll(specification.normalization().toMap());
        return all;
    }

    /**
     * The commit by which this program was built, if the start script or the container's image says so, stands in the
     * manifest alone: the network that a training gives is the same under any that computes the same.
     */
    private static Map<String, String> enginesAndCommit() {
        Map<String, String> all = engines();
        Version.ofThisProgram().commit().ifPresent(commit -> all.put("catrs", commit));
        return all;
    }

    private static Map<String, String> engines() {
        Map<String, String> engines = new TreeMap<>(TorchEngine.versions());
        engines.put("onnxruntime", OrtEnvironment.getEnvironment().getVersion());
        return engines;
    }
}
