// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.catrs.certifier.cli.options.CertificationChoice;
import org.catrs.certifier.cli.options.SelectionOptions;
import org.catrs.certifier.evaluation.Evaluation;
import org.catrs.certifier.evaluation.report.Report;
import org.catrs.certifier.evaluation.rows.EvaluationRun;
import org.catrs.certifier.network.model.OpenModel;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.program.terminal.DatasetOptions;
import org.catrs.schemas.dataset.Dataset;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        int skip = selection.skip();
        int max = selection.max();
        CertificationChoice certification = CertificationChoice.of(spec);
        Dataset dataset = datasetOptions.open(selection.split());
        try (OpenModel model = certification.openModel()) {
            SmoothingParameters parameters = certification.parameters(model);
            SamplingPlan plan = certification.plan(model);
            Evaluation evaluation = new Evaluation(dataset, model.classifier(), parameters, plan, Seed::random);
            evaluation.run(EvaluationRun.of(model, parameters, plan, dataset, skip), max, out);
        }
        PrintWriter terminal = spec.commandLine().getOut();
        terminal.println(Report.of(List.of(out)).toText());
        terminal.flush();
    }
}
