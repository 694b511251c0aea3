// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training.checkpoint;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.catrs.schemas.file.AtomicFiles;

/**
 * The log of a training as a tab-separated file, a line for each epoch. It is written anew from the checkpoint's rows, so
 * that the two agree whenever the process is killed.
 */
final class TrainingLog {
    private static final String HEADER =
            "epoch\tseconds\timages_per_second\tlearning_rate\tloss\tbase_loss\trobust_loss\tnoisy_accuracy"
                    + "\tconfident_share\tdata_wait_share\n";

    private TrainingLog() {}

    static void write(Path file, List<EpochRow> rows) {
        StringBuilder lines = new StringBuilder(HEADER);
        for (EpochRow row : rows) {
            lines.append(String.format(
                    Locale.ROOT,
                    "%.4g\t%.1f\t%.1f\t%.3e\t%.5f\t%.5f\t%.5f\t%.4f\t%.4f\t%.4f%n",
                    row.epoch(),
                    row.seconds(),
                    row.loss().images() / row.seconds(),
                    row.learningRate(),
                    row.loss().meanLoss(),
                    row.loss().base() / row.loss().images(),
                    row.loss().robust() / row.loss().images(),
                    row.loss().accuracy(),
                    row.loss().confidentShare(),
                    row.waited() / row.seconds()));
        }
        AtomicFiles.write(file, lines.toString().getBytes(StandardCharsets.UTF_8));
    }
}
