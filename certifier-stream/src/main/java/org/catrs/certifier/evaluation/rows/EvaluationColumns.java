// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.rows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catrs.certifier.evaluation.rows.EvaluationRow.Estimate;
import org.jspecify.annotations.Nullable;

/**
 * Where the columns of an evaluation file stand, by its header. Files that are published with papers have {@code time}
 * in another form or not at all, and columns of their own, which are passed over.
 *
 * @param titles in lower case
 */
record EvaluationColumns(List<String> titles) {
    private static final List<String> NEEDED = List.of("idx", "label", "predict", "radius");
    private static final String CORRECT = "correct";
    private static final String TIME = "time";
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** Python's str(timedelta), which leaves out a fraction of zero. */
    private static final Pattern CLOCK =
            Pattern.compile("(?:(\\d{1,9}) days?, )?(\\d{1,9}):(\\d{2}):(\\d{2})(?:\\.(\\d{1,9}))?");

    private static final double MOST_SECONDS = 1e9;

    /**
     * Reads a header.
     *
     * @throws IllegalArgumentException when a column is missing, or one that is read stands twice
     */
    static EvaluationColumns of(String header) {
        String plain = header.startsWith(BYTE_ORDER_MARK) ? header.substring(1) : header;
        List<String> titles = Arrays.stream(plain.split("\t", -1))
                .map(title -> title.strip().toLowerCase(Locale.ROOT))
                .toList();
        List<String> read = new ArrayList<>(NEEDED);
        read.addAll(List.of(CORRECT, TIME));
        read.addAll(EvaluationFormat.ESTIMATE_COLUMNS);
        for (String title : read) {
            long count = titles.stream().filter(title::equals).count();
            if (count > 1 || (count == 0 && NEEDED.contains(title))) {
                throw new IllegalArgumentException("an evaluation file begins with the tab-separated columns '"
                        + String.join(" ", EvaluationFormat.PUBLISHED_COLUMNS)
                        + "', of which the last two may be missing,"
                        + " found " + (plain.isEmpty() ? "an empty file" : "'" + plain.replace('\t', ' ') + "'"));
            }
        }
        return new EvaluationColumns(titles);
    }

    /**
     * Reads a line below the header.
     *
     * @throws IllegalArgumentException saying what is wrong with the line
     */
    EvaluationRow parse(String line) {
        List<String> cells =
                Arrays.stream(line.split("\t", -1)).map(String::strip).toList();
        if (cells.size() != titles.size()) {
            throw new IllegalArgumentException("a line has " + titles.size() + " columns, found " + cells.size());
        }
        String time = cell(cells, TIME);
        EvaluationRow row = new EvaluationRow(
                (int) integer("idx", needed(cells, "idx"), Integer.MAX_VALUE),
                (int) integer("label", needed(cells, "label"), Integer.MAX_VALUE),
                (int) integer("predict", needed(cells, "predict"), Integer.MAX_VALUE),
                decimal("radius", needed(cells, "radius")),
                time == null ? Duration.ZERO : time(time),
                estimate(cells));
        requireCorrect(row, cell(cells, CORRECT));
        return row;
    }

    private static void requireCorrect(EvaluationRow row, @Nullable String cell) {
        boolean agrees = cell == null
                || (row.correct() ? List.of("1", "1.0", "true") : List.of("0", "0.0", "false"))
                        .contains(cell.toLowerCase(Locale.ROOT));
        if (!agrees) {
            throw new IllegalArgumentException(
                    "correct is '" + cell + "' where label is " + row.label() + " and predict is " + row.predict());
        }
    }

    private @Nullable String cell(List<String> cells, String title) {
        int column = titles.indexOf(title);
        return column < 0 ? null : cells.get(column);
    }

    private String needed(List<String> cells, String title) {
        return cells.get(titles.indexOf(title));
    }

    private @Nullable Estimate estimate(List<String> cells) {
        if (!titles.containsAll(EvaluationFormat.ESTIMATE_COLUMNS)) {
            return null;
        }
        List<String> given = EvaluationFormat.ESTIMATE_COLUMNS.stream()
                .map(title -> needed(cells, title))
                .toList();
        if (given.stream().allMatch(String::isEmpty)) {
            return null;
        }
        return new Estimate(
                integer("n", given.get(0), Long.MAX_VALUE),
                integer("count", given.get(1), Long.MAX_VALUE),
                decimal("lower_bound", given.get(2)));
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

    /** As Python's timedelta, or in seconds as Cohen et al. wrote it. */
    private static Duration time(String cell) {
        Matcher matcher = CLOCK.matcher(cell);
        if (!matcher.matches()) {
            return seconds(cell);
        }
        String days = matcher.group(1);
        String fraction = matcher.group(5);
        return Duration.ofDays(days == null ? 0 : Long.parseLong(days))
                .plusHours(Long.parseLong(matcher.group(2)))
                .plusMinutes(Long.parseLong(matcher.group(3)))
                .plusSeconds(Long.parseLong(matcher.group(4)))
                .plusNanos(fraction == null ? 0 : Math.round(1e9 * Double.parseDouble("0." + fraction)));
    }

    private static Duration seconds(String cell) {
        try {
            double seconds = Double.parseDouble(cell);
            if (seconds >= 0 && seconds <= MOST_SECONDS) {
                return Duration.ofNanos(Math.round(seconds * 1e9));
            }
        } catch (NumberFormatException exception) {
            throw wrongTime(cell);
        }
        throw wrongTime(cell);
    }

    private static IllegalArgumentException wrongTime(String cell) {
        return new IllegalArgumentException("time must be like 0:00:16.301146, or seconds, found '" + cell + "'");
    }
}
