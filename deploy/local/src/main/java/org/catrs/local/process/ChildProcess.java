// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program that this process started and that does not outlive it.
 *
 * <p>The program must end when its standard input does (see {@link Guarded}). It ignores the interrupt and hang-up
 * signals that a terminal sends to every process of a foreground job: its parent gets them too, and stops its children
 * in an order in which each can still finish its work.
 */
public final class ChildProcess implements AutoCloseable {
    /** A program started with a signal ignored keeps ignoring it, and the JVM respects that. */
    private static final List<String> IGNORING_TERMINAL_SIGNALS =
            List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");

    private static final long STOP_SECONDS = 15;
    private static final int TAIL_LINES = 20;

    private final String name;
    private final Process process;
    private final @Nullable Path log;

    private ChildProcess(String name, Process process, @Nullable Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Starts a program whose output goes to a file, which is overwritten. */
    public static ChildProcess logging(String name, List<String> command, Path log) {
        ProcessBuilder builder = builder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        return new ChildProcess(name, start(name, builder), log);
    }

    /** Starts a program that writes where this process writes. */
    public static ChildProcess visible(String name, List<String> command) {
        ProcessBuilder builder =
                builder(command).redirectOutput(Redirect.INHERIT).redirectError(Redirect.INHERIT);
        return new ChildProcess(name, start(name, builder), null);
    }

    private static ProcessBuilder builder(List<String> command) {
        List<String> all = new ArrayList<>(IGNORING_TERMINAL_SIGNALS);
        all.addAll(command);
        return new ProcessBuilder(all);
    }

    private static Process start(String name, ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be started: " + builder.command(), e);
        }
    }

    public String name() {
        return name;
    }

    public Process process() {
        return process;
    }

    /** The last lines that the program wrote to its log; empty for a program that writes where this process writes. */
    public String lastLines() {
        if (log == null) {
            return "";
        }
        try {
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(" + log + " cannot be read: " + e.getMessage() + ")";
        }
    }

    /** Stops the program at once, as {@code kill -9} does, and waits until it is gone. */
    public void killForcibly() {
        process.destroyForcibly();
        await(STOP_SECONDS);
    }

    /** Asks the program to stop, waits for it, and kills it if it does not. */
    @Override
    public void close() {
        // Process.destroy() would also end the program's standard input, at which it has only seconds to stop.
        process.toHandle().destroy();
        if (!await(STOP_SECONDS)) {
            killForcibly();
        }
    }

    private boolean await(long seconds) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            return false;
        }
    }
}
