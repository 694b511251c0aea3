// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ai.djl.training.GradientCollector;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.catrs.schemas.Sha256;
import org.catrs.schemas.dataset.Dataset;
import org.catrs.schemas.dataset.Datasets;
import org.catrs.schemas.dataset.Split;
import org.catrs.schemas.model.CalibrationImages;
import org.catrs.schemas.model.ModelManifest;
import org.catrs.trainer.architecture.Architecture;
import org.catrs.trainer.architecture.Network;
import org.catrs.trainer.architecture.NetworkSpecification;
import org.catrs.trainer.architecture.Normalization;
import org.catrs.trainer.architecture.Parameters;
import org.catrs.trainer.data.Augmentation;
import org.catrs.trainer.data.TrainingImages;
import org.catrs.trainer.engine.TorchEngine;
import org.catrs.trainer.training.optimizer.OptimizerKind;
import org.catrs.trainer.training.optimizer.OptimizerRecipe;
import org.catrs.trainer.training.optimizer.Schedule;
import org.catrs.trainer.training.recipe.InputNormalization;
import org.catrs.trainer.training.recipe.TrainingRecipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelExportTest {
    private final Dataset digits = Datasets.digits(3, Split.TRAIN, 32);
    private final TrainingImages images = TrainingImages.of(digits);
    private final NetworkSpecification lenet = Architecture.LENET.specification(digits.shape(), 10, Normalization.NONE);
    private final ModelExport export = new ModelExport("some-digits", recipe(), lenet, digits);

    private static TrainingRecipe recipe() {
        OptimizerRecipe optimizer = new OptimizerRecipe(OptimizerKind.SGD, 0.01, Schedule.STEP, 0.9, false, 1e-4, 0);
        return new TrainingRecipe(
                Architecture.LENET,
                InputNormalization.NONE,
                Augmentation.NONE,
                "gaussian",
                new TreeMap<>(Map.of("noises", "1")),
                0.25,
                1.5,
                8,
                128,
                optimizer,
                42,
                null);
    }

    private Parameters parameters() {
        TorchEngine.start();
        try (GradientCollector collector = TorchEngine.newCollector();
                Network network = new Network(lenet, collector)) {
            return network.initialParameters(new SplittableRandom(1));
        }
    }

    @Test
    void shouldWriteAFolderThatCarriesItsFacts(@TempDir Path folder) throws Exception {
        ModelManifest written = export.write(folder, parameters(), images);
        ModelManifest manifest = ModelManifest.read(folder.resolve(ModelManifest.FILE_NAME));

        assertThat(manifest).isEqualTo(written);
        assertThat(manifest.sha256()).isEqualTo(Sha256.ofFile(folder.resolve(ModelManifest.ONNX_FILE_NAME)));
        assertThat(folder.resolve(CalibrationImages.FILE_NAME))
                .hasBinaryContent(CalibrationImages.of(digits).toByteArray());
        assertThat(manifest.name()).isEqualTo("some-digits");
        assertThat(manifest.method()).isEqualTo("gaussian");
        assertThat(manifest.hyperparameters()).containsEntry("noises", "1").containsEntry("batch", "8");
        assertThat(manifest.dataset().sha256()).isEqualTo(digits.sha256());
        assertThat(manifest.engines()).containsKeys("djl", "pytorch", "onnxruntime", "device");
        assertThat(manifest.exportParity().images()).isEqualTo(32);
        assertThat(manifest.exportParity().largestLogitDifference()).isBetween(0.0, 1e-4);
        assertThat(manifest.exportParity().argmaxAgreement()).isEqualTo(1);
    }

    @Test
    void shouldTellTheSameFactsInTheFile(@TempDir Path folder) throws Exception {
        ModelManifest manifest = export.write(folder, parameters(), images);
        byte[] onnx = Files.readAllBytes(folder.resolve(ModelManifest.ONNX_FILE_NAME));

        try (OrtSession session = OrtEnvironment.getEnvironment().createSession(onnx)) {
            assertThat(session.getInputNames()).containsExactly("image");
            assertThat(session.getOutputNames()).containsExactly("logits");
            assertThat(session.getInputInfo().get("image").getInfo().toString())
                    .contains("FLOAT")
                    .contains("shape=[-1, 1, 28, 28]");
            assertThat(session.getMetadata().getCustomMetadata())
                    .containsEntry("name", "some-digits")
                    .containsEntry("version", manifest.version())
                    .containsEntry("sigma", "0.25")
                    .containsEntry("seed", "42")
                    .containsEntry("epochs", "1.5")
                    .containsEntry("hyperparameters.learning-rate", "0.01")
                    .containsEntry("dataset.sha256", digits.sha256())
                    .containsEntry("engines.pytorch", manifest.engines().get("pytorch"))
                    .doesNotContainKey("sha256");
        }
    }

    @Test
    void shouldWriteTheSameFileForTheSameParameters(@TempDir Path folder) {
        assertThat(export.write(folder, parameters(), images).sha256())
                .isEqualTo(export.write(folder, parameters(), images).sha256());
    }

    @Test
    void shouldRefuseAFileThatDiffersFromTheNetwork() {
        Parameters parameters = parameters();
        byte[] onnx = lenet.toOnnx(parameters).toBytes(Map.of());
        parameters.values()[431_079] += 2e-4f;
        try (GradientCollector collector = TorchEngine.newCollector();
                Network network = new Network(lenet, collector)) {
            network.load(parameters.values());
            ParityCheck check = new ParityCheck(images, digits.shape(), 0.25, new SplittableRandom(1));

            assertThatIllegalStateException()
                    .isThrownBy(() -> check.compare(network, onnx))
                    .withMessageContaining("differs from the trained one by 2.0");
        }
    }
}
