// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.catrs.certifier.cli.options.CertificationChoice;
import org.catrs.certifier.cli.options.SelectionOptions;
import org.catrs.certifier.evaluation.Evaluation;
import org.catrs.certifier.evaluation.ReadableImages;
import org.catrs.certifier.evaluation.report.Report;
import org.catrs.certifier.evaluation.rows.EvaluationRun;
import org.catrs.certifier.network.model.OpenModel;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.program.terminal.DatasetOptions;
import org.catrs.schemas.dataset.Dataset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Certifies a test set by the standard protocol. */
@Command(
        name = "evaluate",
        description =
                "Certifies the images of a data set and writes a row for each. Run again with the same options, it "
                        + "goes on where it was interrupted.",
        sortOptions = false,
        modelTransformer = CertificationChoice.Options.class,
        mixinStandardHelpOptions = true)
public final class EvaluateCommand implements Runnable {
    /** Unreadable images that are named; the others are counted. */
    private static final int SHOWN = 10;

    @Mixin
    private DatasetOptions datasetOptions = new DatasetOptions();

    @Mixin
    private SelectionOptions selection = new SelectionOptions();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "F.tsv",
            description = "file of the results; what they are of is kept in F.tsv.json")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path out;

    @Option(
            names = "--from",
            paramLabel = "A",
            defaultValue = "0",
            description =
                    "begin with image A, counted from 0 (default: ${DEFAULT-VALUE}); each image costs n0 + n samples")
    private int from;

    @Option(names = "--to", paramLabel = "B", description = "end before image B (default: the data set's end)")
    private @Nullable Integer to;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        int skip = selection.skip();
        int max = selection.max();
        CertificationChoice certification = CertificationChoice.of(spec);
        Dataset dataset = datasetOptions.open(selection.split());
        int end = end(dataset);
        ReadableImages readable = ReadableImages.of(dataset);
        warn(readable.unreadable());
        try (OpenModel model = certification.openModel()) {
            SmoothingParameters parameters = certification.parameters(model);
            SamplingPlan plan = certification.plan(model);
            Evaluation evaluation = new Evaluation(dataset, model.classifier(), parameters, plan, Seed::random);
            evaluation.requireSameClasses(model.classNames());
            long images = Math.min(max, (end - (long) from + skip - 1) / skip);
            TimeForecast.of(model, parameters, plan, images)
                    .ifPresent(spec.commandLine().getErr()::println);
            spec.commandLine().getErr().flush();
            EvaluationRun run =
                    EvaluationRun.of(model, parameters, plan, dataset.name(), readable.sha256(), skip, from);
            evaluation.run(run, end, max, readable.unreadable().keySet(), out);
        }
        PrintWriter terminal = spec.commandLine().getOut();
        terminal.println(Report.of(List.of(out)).toText());
        terminal.flush();
    }

    private int end(Dataset dataset) {
        int end = to == null ? dataset.size() : Math.min(to, dataset.size());
        if (from < 0 || from >= end) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--from must be at least 0 and below --to and the number of images, " + dataset.size() + "; found "
                            + from + " and " + end);
        }
        return end;
    }

    private void warn(SortedMap<Integer, String> unreadable) {
        if (!unreadable.isEmpty()) {
            PrintWriter err = spec.commandLine().getErr();
            unreadable.entrySet().stream()
                    .limit(SHOWN)
                    .forEach(image -> err.println("warning: image " + image.getKey() + ": " + image.getValue()));
            err.println(
                    "warning: " + unreadable.size() + " of the data set's images cannot be read; they are left out");
            err.flush();
        }
    }
}
