// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.cli;

import org.catrs.trainer.training.optimizer.OptimizerKind;
import org.catrs.trainer.training.optimizer.OptimizerRecipe;
import org.catrs.trainer.training.optimizer.Schedule;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the optimizer and its schedule; the defaults are the papers' protocol on MNIST. */
final class OptimizerOptions {
    @Option(
            names = "--epochs",
            defaultValue = "150",
            description = "Passes over the data; may be fractional (default: ${DEFAULT-VALUE}).",
            paramLabel = "E")
    private double epochs;

    @Option(
            names = "--loader-batch",
            defaultValue = "256",
            description =
                    "Images that the papers load at a time; all methods but macer cut them into M slices, each with"
                            + " a step of its own (default: ${DEFAULT-VALUE}).",
            paramLabel = "B")
    private int loaderBatch;

    @Option(
            names = "--batch",
            description = "Images of a step, each of which is seen with all its noises (default: what --loader-batch"
                    + " comes to).",
            paramLabel = "B")
    private @Nullable Integer batch;

    @Option(
            names = "--slice",
            defaultValue = "128",
            description = "Noisy copies that are computed together, at most, by one thread; batch normalizations take"
                    + " their statistics over them (default: ${DEFAULT-VALUE}; the papers' step on one GPU: 256).",
            paramLabel = "COPIES")
    private int slice;

    @Option(
            names = "--learning-rate",
            defaultValue = "0.01",
            description = "The schedule's highest learning rate (default: ${DEFAULT-VALUE}).",
            paramLabel = "RATE")
    private double learningRate;

    @Option(
            names = "--schedule",
            defaultValue = "step",
            description = "step: a tenth after each third of the epochs; one-cycle: up in the first fifth, then down to"
                    + " zero (default: ${DEFAULT-VALUE}).",
            paramLabel = "SCHEDULE")
    private Schedule schedule = Schedule.STEP;

    @Option(
            names = "--optimizer",
            defaultValue = "sgd",
            description =
                    "sgd: gradient descent with momentum; muon: with the momentum made orthogonal, at a --learning-rate"
                            + " of some 0.002 (default: ${DEFAULT-VALUE}).",
            paramLabel = "OPTIMIZER")
    private OptimizerKind kind = OptimizerKind.SGD;

    @Option(
            names = "--momentum",
            defaultValue = "0.9",
            description = "Momentum of the gradient descent (default: ${DEFAULT-VALUE}).",
            paramLabel = "MOMENTUM")
    private double momentum;

    @Option(names = "--nesterov", negatable = true, description = "Let the momentum look ahead, as Nesterov's does.")
    private boolean nesterov;

    @Option(
            names = "--weight-decay",
            defaultValue = "1e-4",
            description = "Weight decay (default: ${DEFAULT-VALUE}).",
            paramLabel = "DECAY")
    private double weightDecay;

    @Option(
            names = "--average",
            defaultValue = "0",
            description =
                    "Export a running average of the weights over about the last SHARE of the steps, such as 0.02, in"
                            + " place of the last step's; 0: none (default: ${DEFAULT-VALUE}).",
            paramLabel = "SHARE")
    private double average;

    double epochs() {
        return epochs;
    }

    /** @param chunks slices that the method cuts a loader's batch into */
    int batch(int chunks) {
        return batch == null ? Math.max(1, loaderBatch / chunks) : batch;
    }

    int slice() {
        return slice;
    }

    /** @throws org.catrs.schemas.InvalidDataException when an option is out of its range */
    OptimizerRecipe optimizer() {
        return new OptimizerRecipe(kind, learningRate, schedule, momentum, nesterov, weightDecay, average);
    }
}
