// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.dataset.Dataset;
import org.catrs.schemas.dataset.Split;
import org.catrs.schemas.model.ModelManifest;
import org.catrs.schemas.terminal.DatasetOptions;
import org.catrs.trainer.architecture.Architecture;
import org.catrs.trainer.architecture.NetworkSpecification;
import org.catrs.trainer.architecture.Parameters;
import org.catrs.trainer.data.TrainingImages;
import org.catrs.trainer.engine.TorchEngine;
import org.catrs.trainer.export.ModelExport;
import org.catrs.trainer.method.TrainingMethod;
import org.catrs.trainer.training.Training;
import org.catrs.trainer.training.TrainingFolder;
import org.catrs.trainer.training.TrainingPlan;
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
        sortOptions = false)
final class TrainCommand implements Callable<Integer> {
    @Mixin
    private DatasetOptions datasets = new DatasetOptions();

    @Option(
            names = "--arch",
            defaultValue = "lenet",
            description = "Network: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            paramLabel = "ARCH")
    private Architecture architecture = Architecture.LENET;

    @Mixin
    private MethodOptions methods = new MethodOptions();

    @Option(
            names = "--sigma",
            required = true,
            description = "Standard deviation of the noise, in units of pixels scaled to [0, 1].",
            paramLabel = "SIGMA")
    private double sigma;

    @Mixin
    private ScheduleOptions schedule = new ScheduleOptions();

    @Option(
            names = "--seed",
            defaultValue = "0",
            description = "Equal seeds give equal weights on the same machine (default: ${DEFAULT-VALUE}).",
            paramLabel = "SEED")
    private long seed;

    @Option(
            names = "--name",
            description = "Name of the model (default: made of data set, network, method and sigma).",
            paramLabel = "NAME")
    private @Nullable String name;

    @Option(
            names = "--out",
            required = true,
            description = "Folder for model.onnx, model.json, training.tsv and checkpoints.",
            paramLabel = "DIR")
    private Path out = Path.of("");

    @Option(names = "--resume", description = "Go on from the last checkpoint in --out; needs the same options.")
    private boolean resume;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        TrainingMethod method = checked(() -> methods.method(commandLine().getParseResult()));
        TrainingPlan plan = checked(() -> plan(method));
        Dataset dataset = datasets.open(Split.TRAIN);
        NetworkSpecification specification =
                architecture.specification(dataset.shape(), dataset.classNames().size());
        TrainingFolder folder = TrainingFolder.open(out, resume);
        TorchEngine.start();
        TrainingImages images = TrainingImages.of(dataset);
        Parameters parameters = new Training(plan, method, specification, images).run(folder, dataset.sha256(), resume);
        report(new ModelExport(modelName(dataset), plan, specification, dataset).write(out, parameters, images));
        return 0;
    }

    private TrainingPlan plan(TrainingMethod method) {
        return new TrainingPlan(
                architecture,
                methods.name(),
                method.hyperparameters(),
                sigma,
                schedule.epochs(),
                schedule.batch(method.noises()),
                schedule.sgd(),
                seed);
    }

    /** Makes an option that is out of its range an error of usage. */
    private <T> T checked(Supplier<T> options) {
        try {
            return options.get();
        } catch (InvalidDataException exception) {
            throw new ParameterException(commandLine(), exception.getMessage(), exception);
        }
    }

    private String modelName(Dataset dataset) {
        if (name != null) {
            return name;
        }
        String data = dataset.name().replaceFirst("/.*", "");
        return String.format(Locale.ROOT, "%s-%s-%s-%.2f", data, architecture, methods.name(), sigma);
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
