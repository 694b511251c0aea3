// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.terminal;

import java.util.Locale;

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
        return task + ": " + percent(done) + "% " + onTheWay(done, nanos) + tail(note);
    }

    /** A line at the end: count, time and rate. */
    String lastLine(long done, long nanos, String note) {
        return task + ": " + atTheEnd(done, nanos) + tail(note);
    }

    /** A line with a bar; the bar takes what the figures leave of the width, and long notes are cut. */
    String bar(long done, long nanos, String note, int width) {
        String head = String.format(Locale.ROOT, "%s %3d%% ", task, percent(done));
        String figures = (done < total ? onTheWay(done, nanos) : atTheEnd(done, nanos)) + tail(note);
        int room = Math.min(width - head.length() - figures.length() - 3, LONGEST_BAR);
        String bar = "";
        if (room >= SHORTEST_BAR) {
            int full = (int) (room * percent(done) / 100);
            bar = "[" + "=".repeat(full) + " ".repeat(room - full) + "] ";
        }
        String line = head + bar + figures;
        return line.length() <= width ? line : line.substring(0, Math.max(width, 0));
    }

    private String onTheWay(long done, long nanos) {
        double rate = rate(done, nanos);
        String left = rate > 0 ? ", " + duration(Math.round((total - done) / rate)) + " left" : "";
        return String.format(Locale.ROOT, "%d/%d %s, %.1f/s%s", done, total, unit, rate, left);
    }

    private String atTheEnd(long done, long nanos) {
        String time = duration(Math.round(nanos / NANOS_PER_SECOND));
        return String.format(Locale.ROOT, "%d/%d %s in %s, %.1f/s", done, total, unit, time, rate(done, nanos));
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
