// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.rows;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catrs.certifier.evaluation.rows.EvaluationRow.Estimate;
import org.catrs.certifier.smoothing.bound.RoundedDown;
import org.jspecify.annotations.Nullable;

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

    /** Python's str(timedelta), which leaves out a fraction of zero. */
    private static final Pattern TIME =
            Pattern.compile("(?:(\\d{1,9}) days?, )?(\\d{1,9}):(\\d{2}):(\\d{2})(?:\\.(\\d{6}))?");

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

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException saying what is wrong with the line
     */
    static EvaluationRow parse(String line) {
        String[] cells = line.split("\t", -1);
        int most = PUBLISHED_COLUMNS.size() + ESTIMATE_COLUMNS.size();
        if (cells.length != PUBLISHED_COLUMNS.size() && cells.length != most) {
            throw new IllegalArgumentException(
                    "a line has " + PUBLISHED_COLUMNS.size() + " or " + most + " columns, found " + cells.length);
        }
        EvaluationRow row = new EvaluationRow(
                (int) integer("idx", cells[0], Integer.MAX_VALUE),
                (int) integer("label", cells[1], Integer.MAX_VALUE),
                (int) integer("predict", cells[2], Integer.MAX_VALUE),
                decimal("radius", cells[3]),
                time(cells[5]),
                cells.length == most ? estimate(cells[6], cells[7], cells[8]) : null);
        if (!cells[4].equals(row.correct() ? "1" : "0")) {
            throw new IllegalArgumentException(
                    "correct is '" + cells[4] + "' where label is " + row.label() + " and predict is " + row.predict());
        }
        return row;
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

    private static @Nullable Estimate estimate(String n, String count, String lowerBound) {
        if (n.isEmpty() && count.isEmpty() && lowerBound.isEmpty()) {
            return null;
        }
        return new Estimate(
                integer("n", n, Long.MAX_VALUE),
                integer("count", count, Long.MAX_VALUE),
                decimal("lower_bound", lowerBound));
    }

    private static long integer(String column, String cell, long most) {
        try {
            long value = Long.parseLong(cell);
            if (value <= most) {
                return value;
            }
            throw new IllegalArgumentException(column + " must be at most " + most + ", found " + value);
        } catch (NumberFormatException exception) {
            throw new IllegalArgumentException(column + " must be a whole number, found '" + cell + "'", exception);
        }
    }

    private static double decimal(String column, String cell) {
        try {
            return Double.parseDouble(cell);
        } catch (NumberFormatException exception) {
            throw new IllegalArgumentException(column + " must be a number, found '" + cell + "'", exception);
        }
    }

    private static Duration time(String cell) {
        Matcher matcher = TIME.matcher(cell);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("time must be like 0:00:16.301146, found '" + cell + "'");
        }
        String days = matcher.group(1);
        String micros = matcher.group(5);
        return Duration.ofDays(days == null ? 0 : Long.parseLong(days))
                .plusHours(Long.parseLong(matcher.group(2)))
                .plusMinutes(Long.parseLong(matcher.group(3)))
                .plusSeconds(Long.parseLong(matcher.group(4)))
                .plusNanos(micros == null ? 0 : 1000 * Long.parseLong(micros));
    }
}
