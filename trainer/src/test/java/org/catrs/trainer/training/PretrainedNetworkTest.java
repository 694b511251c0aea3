// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.dataset.Datasets;
import org.catrs.schemas.dataset.Split;
import org.catrs.schemas.model.ModelManifest;
import org.catrs.trainer.architecture.Architecture;
import org.catrs.trainer.architecture.Normalization;
import org.catrs.trainer.architecture.Parameters;
import org.catrs.trainer.data.TrainingImages;
import org.catrs.trainer.engine.TorchEngine;
import org.catrs.trainer.export.ModelExport;
import org.catrs.trainer.method.MethodKind;
import org.catrs.trainer.method.TrainingMethod;
import org.catrs.trainer.training.checkpoint.TrainingFolder;
import org.catrs.trainer.training.recipe.InputNormalization;
import org.catrs.trainer.training.recipe.PretrainedNetwork;
import org.catrs.trainer.training.recipe.TrainingRecipe;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class PretrainedNetworkTest {
    /** So small that a step changes no parameter that is not 0. */
    private static final double STANDING_STILL = 1e-30;

    private static final TrainingMethod METHOD = MethodKind.GAUSSIAN.create(Map.of(), 1);

    @TempDir
    private Path folder;

    private final TrainingImages images = TrainingImages.of(Datasets.digits(3, Split.TRAIN, 32));

    private static TrainingRecipe recipe(Architecture architecture, double rate) {
        return SmallTraining.recipe(architecture, 1, rate, 16, 1)
                .withMethod("gaussian", METHOD.hyperparameters(), 0.25, 16);
    }

    private Optional<Parameters> train(String name, TrainingRecipe recipe, boolean resume, TrainingObserver observer) {
        TorchEngine.start();
        return new Training(recipe, METHOD, recipe.network(images), images)
                .run(TrainingFolder.open(folder.resolve(name), resume), images.sha256(), resume, observer);
    }

    private Parameters train(String name, TrainingRecipe recipe) {
        return train(name, recipe, false, new QuietObserver()).orElseThrow();
    }

    private ModelManifest export(String name, TrainingRecipe recipe, Parameters parameters) {
        return new ModelExport(name, recipe, recipe.network(images), images)
                .write(folder.resolve(name), parameters, images);
    }

    @Test
    void shouldBeginWithTheParametersOfATraining() {
        float[] first = train("first", recipe(Architecture.LENET, 0.05)).values();
        PretrainedNetwork initial = PretrainedNetwork.read(folder.resolve("first"));

        float[] second = train(
                        "second", recipe(Architecture.LENET, STANDING_STILL).beginningWith(initial))
                .values();

        assertThat(second).isEqualTo(first);
    }

    @Test
    void shouldBeginWithTheParametersOfAModel() throws Exception {
        TrainingRecipe recipe = recipe(Architecture.LENET, 0.05);
        TrainingRecipe measured = new TrainingRecipe(
                recipe.architecture(),
                InputNormalization.MEASURED,
                recipe.augmentation(),
                recipe.method(),
                recipe.methodHyperparameters(),
                recipe.sigma(),
                recipe.epochs(),
                recipe.batch(),
                recipe.slice(),
                recipe.optimizer(),
                recipe.seed(),
                null);
        Parameters first = train("first", measured);
        export("first", measured, first);
        Files.delete(folder.resolve("first").resolve(TrainingFolder.CHECKPOINT));
        PretrainedNetwork initial = PretrainedNetwork.read(folder.resolve("first"));

        float[] second = train(
                        "second", recipe(Architecture.LENET, STANDING_STILL).beginningWith(initial))
                .values();

        assertThat(second).usingComparatorWithPrecision(1e-7f).containsExactly(first.values());
        assertThat(initial.normalization()).isEqualTo(InputNormalization.MEASURED.of(images));
    }

    @Test
    void shouldReadTheNormalizationOfAModelInEitherSpelling() {
        Normalization measured = new Normalization(List.of(0.25f, 0.5f), List.of(1f, 2f));

        assertThat(Normalization.ofMap(measured.toMap())).isEqualTo(measured);
        assertThat(Normalization.ofMap(Map.of("normalisation-mean", "0.25,0.5", "normalisation-deviation", "1.0,2.0")))
                .isEqualTo(measured);
    }

    @Test
    void shouldKeepRunningStatisticsOverAStop() {
        TrainingRecipe recipe = recipe(Architecture.RESNET20, 0.05);
        float[] uninterrupted = train("uninterrupted", recipe).values();
        QuietObserver stopAtStep1 = new QuietObserver() {
            @Override
            public Wish wish() {
                return steps == 1 ? Wish.STOP : Wish.GO_ON;
            }
        };

        assertThat(train("stopped", recipe, false, stopAtStep1)).isEmpty();

        assertThat(train("stopped", recipe, true, new QuietObserver())
                        .orElseThrow()
                        .values())
                .isEqualTo(uninterrupted);
    }

    @Test
    void shouldAskForTheCheckpointOfANetworkWithBatchNormalizations() throws Exception {
        TrainingRecipe recipe = recipe(Architecture.RESNET20, 0.05);
        ModelManifest manifest = export("first", recipe, train("first", recipe));
        PretrainedNetwork whole = PretrainedNetwork.read(folder.resolve("first"));
        Files.delete(folder.resolve("first").resolve(TrainingFolder.CHECKPOINT));
        PretrainedNetwork folded = PretrainedNetwork.read(folder.resolve("first"));

        assertThat(recipe.beginningWith(whole).hyperparameters()).containsEntry("init-from", manifest.version());
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> train("second", recipe.beginningWith(folded)))
                // 272474, less 288 for one channel in place of three, less the 784 scales of the normalizations
                .withMessageContaining("271402 parameters")
                .withMessageContaining("checkpoint.bin");
    }

    @Test
    void shouldRefuseTheParametersOfAnotherNetwork() {
        train("first", recipe(Architecture.LENET, 0.05));
        PretrainedNetwork initial = PretrainedNetwork.read(folder.resolve("first"));

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() ->
                        train("second", recipe(Architecture.RESNET20, 0.05).beginningWith(initial)))
                .withMessageContaining("lenet for images of 1x28x28 and 10 classes")
                .withMessageContaining("resnet20 for images of 1x28x28 and 10 classes");
    }

    @Test
    void shouldBeginWithTheParametersOfAModelThatComesWithCatrs() {
        PretrainedNetwork initial = PretrainedNetwork.read(Path.of("mnist-0.50"));

        float[] trained = train(
                        "trained", recipe(Architecture.LENET, STANDING_STILL).beginningWith(initial))
                .values();

        // The model's version is the SHA-256 of its parameters: "version" of mnist-0.50/model.json.
        assertThat(initial.version()).isEqualTo("5d7e34e26e06");
        assertThat(new Parameters(List.of(), trained).sha256()).startsWith("5d7e34e26e06");
    }

    @Test
    void shouldSayThatAFolderHoldsNoTraining() {
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> PretrainedNetwork.read(folder))
                .withMessageContaining("--init-from " + folder)
                .withMessageContaining("found neither");
    }
}
