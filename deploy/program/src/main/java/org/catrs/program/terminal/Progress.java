// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Progress of a long task on standard error, with rate and time left: a bar on a terminal, a plain line every few
 * seconds elsewhere. To be used by one thread.
 */
public final class Progress implements AutoCloseable {
    /** System property by which the start script says that standard error is a terminal: Java cannot tell before 22. */
    private static final String TERMINAL_PROPERTY = "catrs.terminal";

    private static final Duration LINE_INTERVAL = Duration.ofSeconds(10);
    private static final int BAR_UPDATE_MILLIS = 200;

    private final ProgressText text;
    private final PrintStream out;
    private final LongSupplier nanoTime;
    private final @Nullable ProgressBar bar;
    private final long startNanos;
    private long lastLineNanos;
    private long done;
    private String note = "";

    Progress(ProgressText text, PrintStream out, LongSupplier nanoTime, @Nullable ProgressBar bar) {
        this.text = text;
        this.out = out;
        this.nanoTime = nanoTime;
        this.bar = bar;
        this.startNanos = nanoTime.getAsLong();
        this.lastLineNanos = startNanos;
        this.done = text.before();
    }

    /**
     * Starts to show a task.
     *
     * @param unit what is counted, such as {@code images}
     * @param total how many of them there are
     */
    public static Progress start(String task, String unit, long total) {
        return resume(task, unit, 0, total);
    }

    /**
     * Starts to show a task that goes on from an earlier run, whose part does not count for rate and time left.
     *
     * @param unit what is counted, such as {@code images}
     * @param before how many of them are already done
     * @param total how many of them there are in all
     */
    public static Progress resume(String task, String unit, long before, long total) {
        ProgressText text = new ProgressText(task, unit, before, total);
        ProgressBar bar = Boolean.getBoolean(TERMINAL_PROPERTY) ? bar(text) : null;
        return new Progress(text, System.err, System::nanoTime, bar);
    }

    private static ProgressBar bar(ProgressText text) {
        return new ProgressBarBuilder()
                .setInitialMax(text.total())
                .startsFrom(text.before(), Duration.ZERO)
                .setRenderer((state, width) -> text.bar(
                        state.getCurrent(), state.getElapsedAfterStart().toNanos(), state.getExtraMessage(), width))
                .setUpdateIntervalMillis(BAR_UPDATE_MILLIS)
                .build();
    }

    /**
     * Says how much is done.
     *
     * @param done how many, those of earlier runs included
     * @param note figures worth seeing beside the bar, such as a loss
     */
    public void update(long done, String note) {
        this.done = done;
        this.note = note;
        if (bar != null) {
            bar.stepTo(done).setExtraMessage(note);
            return;
        }
        long now = nanoTime.getAsLong();
        if (now - lastLineNanos >= LINE_INTERVAL.toNanos()) {
            out.println(text.line(done, now - startNanos, note));
            lastLineNanos = now;
        }
    }

    /** Shows the state in which the task ended, finished or not. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        } else {
            out.println(text.lastLine(done, nanoTime.getAsLong() - startNanos, note));
        }
    }
}
