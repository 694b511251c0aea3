// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command of {@code deploy/catrs} that runs as it would for a user. It runs on the classes that this build made, and
 * ends with this process.
 */
public final class Catrs implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final Process process;
    private final Path out;
    private final Path err;

    private Catrs(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * Starts a command.
     *
     * @param work where its output is kept
     */
    public static Catrs start(Path work, String... arguments) {
        return start(work, Map.of(), arguments);
    }

    /**
     * Starts a command.
     *
     * @param work where its output is kept
     * @param environment variables beside those of this process
     */
    public static Catrs start(Path work, Map<String, String> environment, String... arguments) {
        // A program that was itself started with SIGINT ignored, as in the background of a script, would pass that on.
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
        command.add(Checkout.ROOT.resolve("deploy/catrs").toString());
        command.add("--guarded");
        command.addAll(List.of(arguments));
        try {
            Path out = Files.createTempFile(work, arguments[0] + "-", ".out");
            Path err = Files.createTempFile(work, arguments[0] + "-", ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(work.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            return new Catrs(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command to its end, which must be a success. */
    public static Catrs run(Path work, Duration limit, String... arguments) {
        Catrs command = start(work, arguments);
        assertThat(command.awaitExit(limit)).as(() -> command.output()).isZero();
        return command;
    }

    /** Waits for the end of the command, and gives its exit code. */
    public int awaitExit(Duration limit) {
        try {
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(ended).as(() -> "ends within " + limit + ": " + output()).isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends the command as {@code kill -9} does. */
    public void killForcibly() {
        process.destroyForcibly();
        awaitExit(STOP_LIMIT);
    }

    /** Sends a signal, such as {@code INT}. */
    public void signal(String name) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        assertThat(exit).isZero();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** What it has written to standard output. */
    public String out() {
        return read(out);
    }

    /** What it has written to standard error. */
    public String err() {
        return read(err);
    }

    /** What it has written, for a message. */
    public String output() {
        return "output:\n" + out() + "\nerrors:\n" + err();
    }

    /** Asks the command to stop as {@code kill} does; it must within half a minute. */
    @Override
    public void close() {
        process.toHandle().destroy();
        awaitExit(STOP_LIMIT);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
