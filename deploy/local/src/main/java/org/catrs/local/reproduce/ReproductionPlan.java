// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.local.reproduce;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.paper.PaperRow;
import org.catrs.schemas.paper.PaperTable;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a table of the paper are done again, and how.
 *
 * @param sigma only the rows of this noise; null for all
 * @param methods only the rows of these methods; empty for all
 * @param fast whether rows are trained by the project's fast presets instead of the paper's
 * @param epochs passes over the training images; null for the presets'
 * @param skip every how many test images one is certified
 * @param max number of test images that are certified at most; null for all
 * @param n noise samples for each certificate
 * @param data folder of the data set; null for where the commands look on their own
 */
record ReproductionPlan(
        PaperTable table,
        @Nullable Double sigma,
        Set<String> methods,
        boolean fast,
        @Nullable Double epochs,
        long seed,
        int skip,
        @Nullable Integer max,
        long n,
        @Nullable Path data) {
    ReproductionPlan {
        methods = Set.copyOf(methods);
    }

    /**
     * The rows to do, in the table's order.
     *
     * @throws InvalidDataException when there are none
     */
    List<PaperRow> rows() {
        List<PaperRow> rows = table.rows().stream()
                .filter(row -> sigma == null || sigma == Double.parseDouble(row.sigma()))
                .filter(row -> methods.isEmpty() || methods.contains(row.method()))
                .toList();
        if (rows.isEmpty()) {
            throw new InvalidDataException("Table " + table.number() + " has no such row; it has sigma "
                    + distinct(table.rows().stream().map(PaperRow::sigma).toList()) + " and the methods "
                    + distinct(table.rows().stream().map(PaperRow::method).toList()));
        }
        return rows;
    }

    /** The train command of a row. */
    List<String> train(PaperRow row, Path folder, boolean resume) {
        List<String> command = new ArrayList<>(List.of("train", "--preset", preset(row)));
        command.addAll(row.overrides());
        if (epochs != null) {
            command.addAll(List.of("--epochs", epochs.toString()));
        }
        command.addAll(List.of("--seed", Long.toString(seed)));
        command.addAll(dataset(row));
        command.addAll(List.of("--out", folder.toString()));
        if (resume) {
            command.add("--resume");
        }
        return command;
    }

    /** The evaluate command of a row. */
    List<String> evaluate(PaperRow row, Path folder, Path out) {
        List<String> command = new ArrayList<>(List.of("evaluate", "--model", folder.toString()));
        command.addAll(dataset(row));
        command.addAll(List.of("--n", Long.toString(n), "--skip", Integer.toString(skip)));
        if (max != null) {
            command.addAll(List.of("--max", max.toString()));
        }
        command.addAll(List.of("--out", out.toString()));
        return command;
    }

    /** What the numbers of a row depend on, so that rows of another plan are not taken for this one's. */
    String settings(PaperRow row) {
        return "preset=" + preset(row)
                + "\noverrides=" + String.join(" ", row.overrides())
                + "\nepochs=" + (epochs == null ? "the preset's" : epochs)
                + "\nseed=" + seed
                + "\nskip=" + skip
                + "\nmax=" + (max == null ? "all" : max)
                + "\nn=" + n + "\n";
    }

    private String preset(PaperRow row) {
        return fast ? row.preset().replaceFirst("/", "/fast/") : row.preset();
    }

    private List<String> dataset(PaperRow row) {
        return data == null
                ? List.of("--dataset", row.dataset())
                : List.of("--dataset", row.dataset(), "--data", data.toString());
    }

    private static String distinct(List<String> values) {
        return values.stream().distinct().collect(Collectors.joining(", "));
    }
}
