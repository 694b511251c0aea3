// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.rows;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.catrs.certifier.evaluation.rows.EvaluationRow.Estimate;
import org.catrs.certifier.smoothing.bound.RoundedDown;

/**
 * The lines of an evaluation file: tab-separated, the first six columns those of the files that are published with
 * papers on randomized smoothing, so that other tools read them.
 */
final class EvaluationFormat {
    /** The columns that every evaluation file has. */
    static final List<String> PUBLISHED_COLUMNS = List.of("idx", "label", "predict", "radius", "correct", "time");

    /** The columns that follow in files of this program. */
    static final List<String> ESTIMATE_COLUMNS = List.of("n", "count", "lower_bound");

    static final String HEADER = String.join("\t", PUBLISHED_COLUMNS) + "\t" + String.join("\t", ESTIMATE_COLUMNS);

    /** Enough for a mean over images; more would only suggest a precision that no sample has. */
    private static final int RADIUS_PLACES = 6;

    private static final int LOWER_BOUND_PLACES = 12;

    private EvaluationFormat() {}

    /** A row as a line without its line end; radius and bound are rounded down. */
    static String format(EvaluationRow row) {
        String published = String.join(
                "\t",
                Integer.toString(row.index()),
                Integer.toString(row.label()),
                Integer.toString(row.predict()),
                RoundedDown.format(row.radius(), RADIUS_PLACES),
                row.correct() ? "1" : "0",
                format(row.time()));
        Estimate estimate = row.estimate();
        return estimate == null
                ? published + "\t\t\t"
                : published + "\t" + estimate.n() + "\t" + estimate.count() + "\t"
                        + RoundedDown.format(estimate.lowerBound(), LOWER_BOUND_PLACES);
    }

    private static String format(Duration time) {
        return String.format(
                Locale.ROOT,
                "%d:%02d:%02d.%06d",
                time.toHours(),
                time.toMinutesPart(),
                time.toSecondsPart(),
                time.toNanosPart() / 1000);
    }
}
