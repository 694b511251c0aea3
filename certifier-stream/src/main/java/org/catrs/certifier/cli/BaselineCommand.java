// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.catrs.certifier.cli.options.CertificationChoice;
import org.catrs.certifier.cli.options.SplitOption;
import org.catrs.certifier.network.model.OpenModel;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.SmoothedClassifier;
import org.catrs.certifier.smoothing.StopCondition;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.certifier.stream.rates.RecordedBaseline;
import org.catrs.program.terminal.DatasetOptions;
import org.catrs.program.terminal.Progress;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.dataset.Dataset;
import org.catrs.schemas.file.AtomicFiles;
import org.catrs.schemas.json.JsonRecords;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Records the baseline that a service's answers are compared with. */
@Command(
        name = "baseline",
        description = "Certifies images of a data set, drawn at random, and records the answers as the baseline that"
                + " serve compares its answers with (shifts.baselines).",
        sortOptions = false,
        modelTransformer = CertificationChoice.Options.class,
        mixinStandardHelpOptions = true)
public final class BaselineCommand implements Runnable {
    @Mixin
    private DatasetOptions datasetOptions = new DatasetOptions();

    @Mixin
    private SplitOption splitOption = new SplitOption();

    @Option(
            names = "--images",
            paramLabel = "N",
            defaultValue = "2000",
            description = "number of images (default: ${DEFAULT-VALUE})")
    private int images;

    @Option(
            names = "--draw",
            paramLabel = "SEED",
            defaultValue = "1",
            description = "number that decides which images are drawn (default: ${DEFAULT-VALUE})")
    private long draw;

    @Option(names = "--out", required = true, paramLabel = "F.json", description = "file of the baseline")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path out;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        CertificationChoice certification = CertificationChoice.of(spec);
        Dataset dataset = datasetOptions.open(splitOption.split());
        if (images < 1 || images > dataset.size()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--images must be 1 to " + dataset.size() + ", the images of the data set, found " + images);
        }
        try (OpenModel model = certification.openModel()) {
            if (!dataset.shape().equals(model.classifier().inputShape())) {
                throw new InvalidDataException("the images of " + dataset.name() + " are " + dataset.shape()
                        + " (channels x height x width), but the model takes "
                        + model.classifier().inputShape());
            }
            RecordedBaseline recorded = record(dataset, model, certification);
            AtomicFiles.write(out, JsonRecords.writeIndented(recorded).getBytes(StandardCharsets.UTF_8));
        }
    }

    private RecordedBaseline record(Dataset dataset, OpenModel model, CertificationChoice certification) {
        SamplingPlan plan = certification.plan(model);
        SmoothedClassifier smoothed = new SmoothedClassifier(model.classifier(), certification.parameters(model));
        RecordedBaseline recorded = RecordedBaseline.empty(
                model.identity(), plan, model.classifier().classes());
        int[] order = new SplittableRandom(draw)
                .ints(0, dataset.size())
                .distinct()
                .limit(images)
                .toArray();
        try (Progress progress = Progress.start("baseline", "images", images)) {
            for (int done = 0; done < images; done++) {
                recorded = recorded.with(
                        smoothed.certify(dataset.get(order[done]).image(), Seed.random(), plan, StopCondition.NEVER));
                progress.update(done + 1, "");
            }
        }
        return recorded;
    }
}
