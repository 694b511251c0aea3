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
import org.catrs.trainer.training.optimizer.OptimizerKind;
import org.catrs.trainer.training.optimizer.OptimizerParameters;
import org.catrs.trainer.training.optimizer.Schedule;

/** CAT-RS on a few drawn digits; also a process of its own, for tests that kill it. */
public final class SmallTraining {
    static final Dataset DIGITS = Datasets.digits(3, Split.TRAIN, 128);
    static final TrainingMethod METHOD = MethodKind.CAT_RS.create(Map.of("noises", "2", "pgd-steps", "2"), 2);
    static final NetworkSpecification LENET = Architecture.LENET.specification(DIGITS.shape(), 10, Normalization.NONE);

    private SmallTraining() {}

    /** Trains into the folder that is the first argument, for as many epochs as the second says. */
    public static void main(String[] arguments) {
        Path out = Path.of(arguments[0]);
        run(TrainingFolder.open(out, false), plan(Double.parseDouble(arguments[1]), 0.05, 7), false);
    }

    static TrainingPlan plan(double epochs, double learningRate, long seed) {
        return plan(Architecture.LENET, epochs, learningRate, 32, seed);
    }

    static TrainingPlan plan(Architecture architecture, double epochs, double learningRate, int batch, long seed) {
        return plan(architecture, epochs, batch, optimizer(OptimizerKind.SGD, learningRate, 0), seed);
    }

    /** @param average share of the training over which weights are averaged */
    static OptimizerParameters optimizer(OptimizerKind kind, double learningRate, double average) {
        return new OptimizerParameters(kind, learningRate, Schedule.ONE_CYCLE, 0.9, true, 1e-4, average);
    }

    static TrainingPlan plan(
            Architecture architecture, double epochs, int batch, OptimizerParameters optimizer, long seed) {
        return new TrainingPlan(
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

    static Parameters run(TrainingFolder folder, TrainingPlan plan, boolean resume) {
        return run(folder, plan, resume, new QuietObserver()).orElseThrow();
    }

    static Optional<Parameters> run(
            TrainingFolder folder, TrainingPlan plan, boolean resume, TrainingObserver observer) {
        TorchEngine.start();
        return new Training(plan, METHOD, LENET, TrainingImages.of(DIGITS))
                .run(folder, DIGITS.sha256(), resume, observer);
    }
}
