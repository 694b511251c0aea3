// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.catrs.certifier.evaluation.rows.EvaluationRun;
import org.catrs.certifier.evaluation.summary.EvaluationSummary;
import org.catrs.certifier.evaluation.summary.TextTable;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.schemas.model.ModelManifest;
import org.catrs.schemas.paper.PaperRow;

/** In what an evaluation was not done as the paper's: a difference of results may come of it. */
final class Departures {
    private static final double PAPER_EPOCHS = 150;
    private static final int PAPER_IMAGES = 10_000;
    private static final int PAPER_IMAGES_OF_ABLATIONS = 500;
    private static final Set<Integer> WHOLE_TEST_SET = Set.of(1, 2, 4);

    private Departures() {}

    /**
     * Each as a few words; empty where the run was the paper's, as far as its files say.
     *
     * @param table number of the paper's table
     * @param file the evaluation; its model lies in a folder beside it that has the row's name
     */
    static List<String> of(int table, PaperRow row, Path file, EvaluationSummary summary) {
        List<String> departures = new ArrayList<>();
        long[] numbers = summary.sampleNumbers().toArray();
        if (numbers.length > 0 && (numbers.length > 1 || numbers[0] != SmoothingParameters.DEFAULT_N)) {
            departures.add("n " + (numbers.length == 1 ? "" : "up to ") + numbers[numbers.length - 1]);
        }
        int images = WHOLE_TEST_SET.contains(table) ? PAPER_IMAGES : PAPER_IMAGES_OF_ABLATIONS;
        if (summary.images() != images) {
            departures.add(summary.images() + (summary.images() == 1 ? " image" : " images"));
        }
        Path manifest = file.resolveSibling(row.id()).resolve(ModelManifest.FILE_NAME);
        if (Files.exists(manifest)) {
            ModelManifest model = ModelManifest.read(manifest);
            if (model.epochs() != PAPER_EPOCHS) {
                departures.add("epochs " + TextTable.plain(model.epochs()));
            }
            if (!isOf(row.dataset(), model.dataset().name())) {
                departures.add("trained on " + model.dataset().name());
            }
        }
        Path sidecar = EvaluationRun.fileOf(file);
        if (Files.exists(sidecar)
                && !isOf(row.dataset(), EvaluationRun.read(sidecar).dataset())) {
            departures.add("data " + EvaluationRun.read(sidecar).dataset());
        }
        return departures;
    }

    private static boolean isOf(String kind, String dataset) {
        return dataset.startsWith(kind + "/");
    }
}
