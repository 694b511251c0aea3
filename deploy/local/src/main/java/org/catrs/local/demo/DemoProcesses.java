// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.local.demo;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.catrs.local.broker.EmbeddedBroker;
import org.catrs.local.process.ChildProcess;
import org.catrs.local.process.FrontDoor;
import org.catrs.local.process.RunningParts;
import org.catrs.local.process.StepFailedException;

/** The commands that the demo has running, each in a process of its own. */
final class DemoProcesses implements AutoCloseable {
    private static final int POLL_MILLIS = 100;
    private static final Duration READY_TIMEOUT = Duration.ofMinutes(5);

    private final FrontDoor frontDoor;
    private final DemoFolder folder;
    private final RunningParts parts = new RunningParts();
    private final List<ChildProcess> servers = new ArrayList<>();

    DemoProcesses(FrontDoor frontDoor, DemoFolder folder) {
        this.frontDoor = frontDoor;
        this.folder = folder;
    }

    EmbeddedBroker startBroker() {
        EmbeddedBroker broker = EmbeddedBroker.start(folder.broker(), 0);
        parts.add(broker::close);
        servers.add(broker.process());
        return broker;
    }

    /**
     * Starts a command that serves until it is stopped, and waits until it is ready.
     *
     * @param ready answers with status 200 when the command is ready
     */
    void startServer(URI ready, String... arguments) throws InterruptedException {
        ChildProcess server = logging(arguments);
        parts.add(server::close);
        servers.add(server);
        long deadline = System.nanoTime() + READY_TIMEOUT.toNanos();
        while (!answers(ready)) {
            if (server.process().waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                throw failed(server);
            }
            if (System.nanoTime() > deadline) {
                throw new StepFailedException(server.name() + " is not ready after " + READY_TIMEOUT.toSeconds()
                        + " seconds" + lastLines(server));
            }
        }
    }

    /** Starts a command that does its work and ends, whose output goes to its log. */
    ChildProcess startLogging(String... arguments) {
        return started(logging(arguments));
    }

    /** Starts a command that does its work and ends, whose output the user sees. */
    ChildProcess startVisible(String... arguments) {
        return started(ChildProcess.visible(arguments[0], frontDoor.guarded(List.of(arguments))));
    }

    /**
     * Waits until a command has done its work.
     *
     * @throws StepFailedException if it fails, or if a server ends before it
     * @throws CancellationException if this process is being interrupted
     */
    void await(ChildProcess step) {
        List<CompletableFuture<Process>> exits = new ArrayList<>();
        exits.add(step.process().onExit());
        servers.forEach(server -> exits.add(server.process().onExit()));
        CompletableFuture.anyOf(exits.toArray(CompletableFuture[]::new)).join();
        if (step.process().isAlive()) {
            throw failedServer();
        }
        if (step.process().exitValue() != 0) {
            throw failed(step);
        }
    }

    /** Waits until a server ends, which it should not. */
    void awaitServers() {
        CompletableFuture.anyOf(servers.stream()
                        .map(server -> server.process().onExit())
                        .toArray(CompletableFuture[]::new))
                .join();
        throw failedServer();
    }

    /** Stops all that still runs, the latest first. */
    @Override
    public void close() {
        parts.close();
    }

    private ChildProcess logging(String... arguments) {
        Path log = folder.log(arguments[0]);
        return ChildProcess.logging(arguments[0], frontDoor.guarded(List.of(arguments)), log);
    }

    /** These commands have nothing to finish, and PyTorch may crash when its process exits in the middle of a step. */
    private ChildProcess started(ChildProcess process) {
        parts.add(process::killForcibly);
        return process;
    }

    private StepFailedException failedServer() {
        return servers.stream()
                .filter(server -> !server.process().isAlive())
                .findFirst()
                .map(this::failed)
                .orElseThrow();
    }

    /** An interrupt of this process also ends its children: that is no failure of theirs. */
    private StepFailedException failed(ChildProcess process) {
        if (parts.isStopped()) {
            throw new CancellationException();
        }
        return new StepFailedException(
                process.name() + " ended with exit code " + process.process().exitValue() + lastLines(process));
    }

    private static String lastLines(ChildProcess process) {
        String lines = process.lastLines();
        return lines.isEmpty() ? "; what it printed is above" : "; the last lines of its log:\n" + lines.indent(2);
    }

    private static boolean answers(URI ready) {
        try {
            HttpURLConnection connection = (HttpURLConnection) ready.toURL().openConnection();
            connection.setReadTimeout((int) READY_TIMEOUT.toMillis());
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }
}
