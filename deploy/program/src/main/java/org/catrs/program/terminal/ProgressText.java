// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.terminal;

import java.util.Locale;
import java.util.stream.Stream;

/**
 * The lines that tell how far a task is.
 *
 * @param before how many were done by an earlier run
 * @param total how many there are in all
 */
record ProgressText(String task, String unit, long before, long total) {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int LONGEST_BAR = 30;
    private static final int SHORTEST_BAR = 5;

    /** A line on the way: share, count, rate, and time left. */
    String line(long done, long nanos, String note) {
        return task + ": " + percent(done) + "% " + count(done) + ", " + onTheWay(done, nanos) + tail(note);
    }

    /** A line at the end: count, time and rate. */
    String lastLine(long done, long nanos, String note) {
        return task + ": " + count(done) + " " + atTheEnd(done, nanos) + tail(note);
    }

    /**
     * A line with a bar, which takes what the figures leave of the width. Where it is too narrow, the bar, then the count,
     * then the share are left out; what is too long even so is cut.
     */
    String bar(long done, long nanos, String note, int width) {
        String share = String.format(Locale.ROOT, "%s %3d%% ", task, percent(done));
        String figures = (done < total ? onTheWay(done, nanos) : atTheEnd(done, nanos)) + tail(note);
        String counted = count(done) + (done < total ? ", " : " ") + figures;
        int room = Math.min(width - share.length() - counted.length() - 3, LONGEST_BAR);
        String line = Stream.of(share + drawn(done, room) + counted, share + figures)
                .filter(candidate -> candidate.length() <= width)
                .findFirst()
                .orElse(task + " " + figures);
        return line.length() <= width ? line : line.substring(0, Math.max(width, 0));
    }

    /** The bar, in so many columns; nothing where these are too few. */
    private String drawn(long done, int room) {
        int full = (int) (room * percent(done) / 100);
        return room < SHORTEST_BAR ? "" : "[" + "=".repeat(full) + " ".repeat(room - full) + "] ";
    }

    private String count(long done) {
        return done + "/" + total + " " + unit;
    }

    private String onTheWay(long done, long nanos) {
        double rate = rate(done, nanos);
        String left = rate > 0 ? ", " + duration(Math.round((total - done) / rate)) + " left" : "";
        return perSecond(rate) + left;
    }

    private String atTheEnd(long done, long nanos) {
        return "in " + duration(Math.round(nanos / NANOS_PER_SECOND)) + ", " + perSecond(rate(done, nanos));
    }

    private static String perSecond(double rate) {
        return String.format(Locale.ROOT, rate < 100 ? "%.1f/s" : "%.0f/s", rate);
    }

    private long percent(long done) {
        return total == 0 ? 100 : 100 * done / total;
    }

    private double rate(long done, long nanos) {
        return nanos <= 0 ? 0 : (done - before) / (nanos / NANOS_PER_SECOND);
    }

    private static String tail(String note) {
        return note.isEmpty() ? "" : "  " + note;
    }

    /** Minutes and seconds, with hours before them where there are any. */
    private static String duration(long seconds) {
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
