// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.catrs.certifier.evaluation.rows.EvaluationRun;
import org.catrs.certifier.evaluation.summary.TextTable;
import org.catrs.schemas.InvalidDataException;

/** Evaluation files with what is known of their models: a line for each, as a record of results needs it. */
public final class ResultTable {
    private static final String NOTE =
            "ACR is the mean radius, rounded down, a wrong or abstained image counting as 0; in"
                    + " parentheses one standard error. Certified accuracies are in %, at the radius above them."
                    + System.lineSeparator()
                    + "Paper: its ACR after 150 epochs, on 10,000 test images. Published: the mean radius that a published file has"
                    + " on the images of the row, and the row's ACR as a share of it: as it is, and with radii rounded to the"
                    + " nearest of three digits, as published ones are (1.905728 is 1.91 there).";

    private static final List<String> HEADER = List.of(
            "method",
            "sigma",
            "epochs",
            "seed",
            "settings",
            "trained on",
            "commit",
            "model",
            "evaluated on",
            "images",
            "n",
            "precision",
            "ACR",
            "paper",
            "published",
            "of it, %",
            "rounded alike, %");

    private final List<Result> results;

    private ResultTable(List<Result> results) {
        this.results = results;
    }

    /**
     * Reads evaluation files of this program.
     *
     * @param files at least one
     * @param models folder below which the models' manifests are
     * @param published files of published radii by the sigma of the rows that are compared with them
     * @throws InvalidDataException when a file cannot be read or does not say what it is of, its model is not below the
     *     folder, or a published file is of other images
     */
    public static ResultTable of(List<Path> files, Path models, Map<Double, Path> published) {
        Manifests manifests = Manifests.below(models);
        List<Result> results = new ArrayList<>();
        for (Path file : files) {
            EvaluationRun run = EvaluationRun.read(EvaluationRun.fileOf(file));
            Path other = published.get(run.sigma());
            results.add(Result.of(file, run, manifests.of(file, run), other));
        }
        results.sort(Comparator.comparingDouble(Result::sigma));
        return new ResultTable(results);
    }

    /** The table with aligned columns, and a note on what its numbers mean. */
    public String toText() {
        return table().toText() + System.lineSeparator() + NOTE;
    }

    /** The table as Markdown, and a note on what its numbers mean. */
    public String toMarkdown() {
        return table().toMarkdown() + System.lineSeparator() + NOTE;
    }

    private TextTable table() {
        List<Double> radii = results.stream()
                .flatMap(result -> result.radii().stream())
                .distinct()
                .sorted()
                .toList();
        Stream<String> columns = radii.stream().map(radius -> String.format(Locale.ROOT, "%.2f", radius));
        List<List<String>> rows =
                results.stream().map(result -> result.cells(radii)).toList();
        return new TextTable(Stream.concat(HEADER.stream(), columns).toList(), rows);
    }
}
