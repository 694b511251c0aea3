// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.terminal;

import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Progress of a long task on standard error: a bar on a terminal, a plain line every few seconds elsewhere. */
public final class Progress implements AutoCloseable {
    /** System property by which the start script says that standard error is a terminal: Java cannot tell before 22. */
    private static final String TERMINAL_PROPERTY = "catrs.terminal";

    private static final Duration LINE_INTERVAL = Duration.ofSeconds(10);

    private final String task;
    private final long total;
    private final PrintStream out;
    private final @Nullable ProgressBar bar;
    private long done;
    private String note = "";
    private long lastLineNanos = System.nanoTime();

    private Progress(String task, long total, PrintStream out, @Nullable ProgressBar bar) {
        this.task = task;
        this.total = total;
        this.out = out;
        this.bar = bar;
    }

    /**
     * Starts to show a task.
     *
     * @param unit what is counted, such as {@code images}
     * @param total how many of them there are
     */
    public static Progress start(String task, String unit, long total) {
        ProgressBar bar = !Boolean.getBoolean(TERMINAL_PROPERTY)
                ? null
                : new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(total)
                        .setUnit(" " + unit, 1)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis(200)
                        .build();
        return new Progress(task + " (" + unit + ")", total, System.err, bar);
    }

    /**
     * Says how much is done.
     *
     * @param note figures worth seeing beside the bar, such as a loss
     */
    public void update(long done, String note) {
        this.done = done;
        this.note = note;
        if (bar != null) {
            bar.stepTo(done).setExtraMessage(" " + note);
        } else if (System.nanoTime() - lastLineNanos >= LINE_INTERVAL.toNanos()) {
            printLine();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        } else {
            printLine();
        }
    }

    private void printLine() {
        out.println(task + ": " + done + "/" + total + (note.isEmpty() ? "" : "  " + note));
        lastLineNanos = System.nanoTime();
    }
}
