// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.report;

import static java.util.stream.Collectors.toMap;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.catrs.certifier.evaluation.rows.EvaluationReader;
import org.catrs.certifier.evaluation.rows.EvaluationRow;
import org.catrs.certifier.evaluation.rows.EvaluationRun;
import org.catrs.certifier.evaluation.summary.EvaluationSummary;
import org.catrs.certifier.evaluation.summary.TextTable;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.model.HyperparameterNames;
import org.catrs.schemas.model.ModelManifest;
import org.catrs.schemas.paper.PaperRow;
import org.catrs.schemas.paper.PaperTable;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation and what it is of.
 *
 * @param published the same images in a published file; null where there is none
 */
record Result(
        EvaluationRun run,
        ModelManifest manifest,
        EvaluationSummary summary,
        @Nullable Comparison published) {
    /**
     * A published file beside ours.
     *
     * @param theirs what it says of our images
     * @param ours our rows with radii rounded as published ones are
     */
    private record Comparison(EvaluationSummary theirs, EvaluationSummary ours) {}

    private static final String NONE = "-";
    private static final int SHORT_HASH = 12;

    /** The paper's tables of all methods, by the name with which those of their data sets begin. */
    private static final Map<String, Integer> TABLES = Map.of("mnist", 1, "cifar10", 2);

    static Result of(Path file, EvaluationRun run, ModelManifest manifest, @Nullable Path published) {
        return new Result(run, manifest, Report.summarize(file), published == null ? null : compare(published, file));
    }

    /** @throws InvalidDataException when one of the images is not in the published file, or has another label there */
    private static Comparison compare(Path published, Path file) {
        Map<Integer, EvaluationRow> byIndex =
                EvaluationReader.read(published).stream().collect(toMap(EvaluationRow::index, row -> row));
        List<EvaluationRow> same = new ArrayList<>();
        List<EvaluationRow> rounded = new ArrayList<>();
        for (EvaluationRow ours : EvaluationReader.read(file)) {
            EvaluationRow theirs = byIndex.get(ours.index());
            if (theirs == null || theirs.label() != ours.label()) {
                throw new InvalidDataException(
                        published + " is of other images than " + file + ": image " + ours.index()
                                + " is a " + ours.label() + " here, and there "
                                + (theirs == null ? "is none" : "it is a " + theirs.label()));
            }
            same.add(theirs);
            rounded.add(ours.withRadiusRoundedAsPublished());
        }
        return new Comparison(new EvaluationSummary(same), new EvaluationSummary(rounded));
    }

    double sigma() {
        return run.sigma();
    }

    /** Radii of the paper's table for the data set, or of its first where it has none. */
    List<Double> radii() {
        return table().orElseGet(() -> PaperTable.of(1)).radii();
    }

    private Optional<PaperTable> table() {
        return Optional.ofNullable(TABLES.get(run.dataset().replaceFirst("/.*", "")))
                .map(PaperTable::of);
    }

    /** The paper's row of the same method, noise and data set; empty also for an ablation. */
    private Optional<PaperRow> paper() {
        if (!manifest.hyperparameters().getOrDefault("ablation", "none").equals("none")) {
            return Optional.empty();
        }
        return table().stream()
                .flatMap(table -> table.rows().stream())
                .filter(row -> row.method().equals(manifest.method()))
                .filter(row -> Double.parseDouble(row.sigma()) == run.sigma())
                .findFirst();
    }

    /** One cell for each of the fixed columns, and one for each radius. */
    List<String> cells(List<Double> radii) {
        List<String> cells = new ArrayList<>(List.of(
                manifest.method(),
                String.format(Locale.ROOT, "%.2f", run.sigma()),
                TextTable.plain(manifest.epochs()),
                Long.toString(manifest.seed()),
                settings(),
                manifest.dataset().name(),
                commit(),
                run.model().sha256().substring(0, SHORT_HASH),
                run.dataset(),
                Integer.toString(summary.images()),
                Long.toString(run.n()),
                run.engine().precision(),
                Report.averageCertifiedRadius(summary),
                paper().map(row -> String.format(Locale.ROOT, "%.3f", row.averageCertifiedRadius()))
                        .orElse(NONE),
                published == null
                        ? NONE
                        : published.theirs().averageCertifiedRadiusRounded(EvaluationSummary.ACR_PLACES),
                published == null ? NONE : share(summary, published.theirs()),
                published == null ? NONE : share(published.ours(), published.theirs())));
        radii.forEach(radius -> cells.add(String.format(
                Locale.ROOT, "%.1f", 100 * summary.certifiedAccuracy(radius).value())));
        return cells;
    }

    /** Our ACR in % of theirs, rounded down. */
    private static String share(EvaluationSummary ours, EvaluationSummary theirs) {
        double share = 100
                * ours.averageCertifiedRadius().value()
                / theirs.averageCertifiedRadius().value();
        return Double.isFinite(share)
                ? BigDecimal.valueOf(share).setScale(2, RoundingMode.FLOOR).toPlainString()
                : NONE;
    }

    /** The preset, and what else tells rows of a method apart. */
    private String settings() {
        Map<String, String> all = HyperparameterNames.current(manifest.hyperparameters());
        List<String> told = new ArrayList<>();
        told.add(all.getOrDefault("preset", all.getOrDefault("schedule", NONE)));
        if (!all.getOrDefault("ablation", "none").equals("none")) {
            told.add(all.get("ablation"));
        }
        if (all.containsKey("optimizer")) {
            told.add(all.get("optimizer"));
        }
        if (all.containsKey("average")) {
            told.add("average " + all.get("average"));
        }
        return String.join(", ", told);
    }

    /** The commit of catrs that exported the model, short, with a mark where its files were changed. */
    private String commit() {
        String commit = manifest.engines().getOrDefault("catrs", NONE);
        int mark = commit.indexOf('-', 1);
        String hash = mark < 0 ? commit : commit.substring(0, mark);
        String rest = mark < 0 ? "" : commit.substring(mark);
        return hash.substring(0, Math.min(SHORT_HASH, hash.length())) + rest;
    }
}
