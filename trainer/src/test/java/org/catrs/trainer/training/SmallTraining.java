// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.catrs.schemas.dataset.Dataset;
import org.catrs.schemas.dataset.Datasets;
import org.catrs.schemas.dataset.Split;
import org.catrs.trainer.architecture.Architecture;
import org.catrs.trainer.architecture.NetworkSpecification;
import org.catrs.trainer.architecture.Normalization;
import org.catrs.trainer.architecture.Parameters;
import org.catrs.trainer.data.Augmentation;
import org.catrs.trainer.data.TrainingImages;
import org.catrs.trainer.engine.TorchEngine;
import org.catrs.trainer.method.MethodKind;
import org.catrs.trainer.method.TrainingMethod;
import org.catrs.trainer.training.checkpoint.TrainingFolder;
import org.catrs.trainer.training.optimizer.OptimizerKind;
import org.catrs.trainer.training.optimizer.OptimizerRecipe;
import org.catrs.trainer.training.optimizer.Schedule;
import org.catrs.trainer.training.recipe.InputNormalization;
import org.catrs.trainer.training.recipe.TrainingRecipe;

/** CAT-RS on a few drawn digits; also a process of its own, for tests that kill it. */
public final class SmallTraining {
    public static final Dataset DIGITS = Datasets.digits(3, Split.TRAIN, 128);
    public static final TrainingMethod METHOD = MethodKind.CAT_RS.create(Map.of("noises", "2", "pgd-steps", "2"), 2);
    public static final NetworkSpecification LENET =
            Architecture.LENET.specification(DIGITS.shape(), 10, Normalization.NONE);

    private SmallTraining() {}

    /** Trains into the folder that is the first argument, for as many epochs as the second says. */
    public static void main(String[] arguments) {
        Path out = Path.of(arguments[0]);
        run(TrainingFolder.open(out, false), recipe(Double.parseDouble(arguments[1]), 0.05, 7), false);
    }

    public static TrainingRecipe recipe(double epochs, double learningRate, long seed) {
        return recipe(Architecture.LENET, epochs, learningRate, 32, seed);
    }

    public static TrainingRecipe recipe(
            Architecture architecture, double epochs, double learningRate, int batch, long seed) {
        return recipe(architecture, epochs, batch, optimizer(OptimizerKind.SGD, learningRate, 0), seed);
    }

    /** @param average share of the training over which weights are averaged */
    public static OptimizerRecipe optimizer(OptimizerKind kind, double learningRate, double average) {
        return new OptimizerRecipe(kind, learningRate, Schedule.ONE_CYCLE, 0.9, true, 1e-4, average);
    }

    public static TrainingRecipe recipe(
            Architecture architecture, double epochs, int batch, OptimizerRecipe optimizer, long seed) {
        return new TrainingRecipe(
                architecture,
                InputNormalization.NONE,
                Augmentation.NONE,
                "cat-rs",
                new TreeMap<>(METHOD.hyperparameters()),
                0.25,
                epochs,
                batch,
                128,
                optimizer,
                seed,
                null);
    }

    public static Parameters run(TrainingFolder folder, TrainingRecipe recipe, boolean resume) {
        return run(folder, recipe, resume, new QuietObserver()).orElseThrow();
    }

    public static Optional<Parameters> run(
            TrainingFolder folder, TrainingRecipe recipe, boolean resume, TrainingObserver observer) {
        TorchEngine.start();
        return new Training(recipe, METHOD, LENET, TrainingImages.of(DIGITS))
                .run(folder, DIGITS.sha256(), resume, observer);
    }
}
