// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.model.ModelManifest;
import org.catrs.trainer.architecture.Parameters;
import org.catrs.trainer.data.TrainingImages;
import org.catrs.trainer.engine.ComputeDevice;
import org.catrs.trainer.engine.TorchEngine;
import org.catrs.trainer.method.TrainingMethod;
import org.catrs.trainer.task.TrainingTask;
import org.catrs.trainer.training.checkpoint.TrainingFolder;
import org.catrs.trainer.training.recipe.TrainingRecipe;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains a classifier and writes it as a model folder. */
@Command(
        name = "train",
        description = "Trains a classifier to be certified; writes it as model.onnx with its manifest model.json.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        modelTransformer = MethodOptions.class)
public final class TrainCommand implements Callable<Integer> {
    @Mixin
    private TrainOptions options = new TrainOptions();

    @Option(
            names = "--out",
            required = true,
            description = "Folder for model.onnx, model.json, training.tsv and checkpoints.",
            paramLabel = "DIR")
    private Path out = Path.of("");

    @Option(
            names = "--device",
            defaultValue = "auto",
            description =
                    "auto, cpu or cuda:N; auto takes the first GPU where there is one (default: ${DEFAULT-VALUE})."
                            + " PyTorch's libraries for CUDA are fetched when they are first needed, or taken from the folder"
                            + " that the environment variable PYTORCH_LIBRARY_PATH names.",
            paramLabel = "DEVICE")
    private String device = "auto";

    @Option(names = "--resume", description = "Go on from the last checkpoint in --out; needs the same options.")
    private boolean resume;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        TrainingMethod method = checked(() -> options.method(commandLine().getParseResult()));
        TrainingRecipe recipe = checked(() -> options.recipe(method));
        ComputeDevice chosen = checked(() -> ComputeDevice.parse(device));
        TrainingTask task = options.open(recipe, method);
        TrainingFolder folder = TrainingFolder.open(out, resume);
        TorchEngine.start(chosen);
        TrainingImages images = TrainingImages.of(task.dataset());
        Optional<Parameters> parameters;
        try (CommandLineObserver observer = new CommandLineObserver()) {
            parameters = task.run(images, folder, resume, observer);
        }
        if (parameters.isEmpty()) {
            throw new InvalidDataException("stopped before the end; go on with --resume");
        }
        report(task.export(images).write(out, parameters.get(), images));
        return 0;
    }

    /** Makes an option that is out of its range an error of usage. */
    private <T> T checked(Supplier<T> options) {
        try {
            return options.get();
        } catch (InvalidDataException exception) {
            throw new ParameterException(commandLine(), exception.getMessage(), exception);
        }
    }

    private void report(ModelManifest manifest) {
        ModelManifest.ExportParity parity = Objects.requireNonNull(manifest.exportParity());
        commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%s: %s, version %s%n"
                                + "ONNX Runtime against PyTorch on %d noisy images: largest logit difference %.1e,"
                                + " same label on %.1f%%%n",
                        out.resolve(ModelManifest.ONNX_FILE_NAME),
                        manifest.name(),
                        manifest.version(),
                        parity.images(),
                        parity.largestLogitDifference(),
                        100 * parity.argmaxAgreement())
                .flush();
    }

    private CommandLine commandLine() {
        return Objects.requireNonNull(spec, "set by picocli").commandLine();
    }
}
