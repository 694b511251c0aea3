// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.catrs.schemas.dataset.Dataset;
import org.catrs.schemas.dataset.DatasetKind;
import org.catrs.schemas.dataset.Datasets;
import org.catrs.schemas.dataset.Split;
import org.catrs.schemas.model.ModelManifest;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a classifier and writes it as a model folder. */
@Command(
        name = "train",
        description = "Trains a classifier to be certified; writes it as model.onnx with its manifest model.json.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class TrainCommand implements Callable<Integer> {
    @Option(
            names = "--dataset",
            required = true,
            description = "Data set: ${COMPLETION-CANDIDATES}.",
            paramLabel = "KIND")
    private DatasetKind kind = DatasetKind.DIGITS;

    @Option(
            names = "--data",
            defaultValue = "${env:CATRS_DATA}",
            description = "Folder of the data set, or its parent (default: the environment's CATRS_DATA); digits needs"
                    + " none.",
            paramLabel = "DIR")
    private @Nullable Path data;

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
        TrainingMethod method = methods.method();
        TrainingPlan plan = new TrainingPlan(
                architecture,
                methods.name(),
                method.hyperparameters(),
                sigma,
                schedule.epochs(),
                schedule.batch(method.noises()),
                schedule.sgd(),
                seed);
        Dataset dataset = Datasets.open(kind, Split.TRAIN, data);
        NetworkSpecification specification =
                architecture.specification(dataset.shape(), dataset.classNames().size());
        TrainingFolder folder = TrainingFolder.open(out, resume);
        TorchEngine.start();
        TrainingImages images = TrainingImages.of(dataset);
        Parameters parameters = new Training(plan, method, specification, images).run(folder, dataset.sha256(), resume);
        report(new ModelExport(modelName(), plan, specification, dataset).write(out, parameters, images));
        return 0;
    }

    private String modelName() {
        return name != null
                ? name
                : String.format(Locale.ROOT, "%s-%s-%s-%.2f", kind, architecture, methods.name(), sigma);
    }

    private void report(ModelManifest manifest) {
        ModelManifest.ExportParity parity = Objects.requireNonNull(manifest.exportParity());
        Objects.requireNonNull(spec)
                .commandLine()
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
}
