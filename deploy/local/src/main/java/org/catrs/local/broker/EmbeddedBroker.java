// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.local.broker;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.catrs.local.process.ChildProcess;
import org.catrs.local.process.Guarded;
import org.catrs.local.process.Ports;
import org.catrs.schemas.InvalidDataException;

/**
 * A Kafka broker of one node with catrs's topics, in a process of its own that ends with this process. It listens on
 * 127.0.0.1 only and keeps its data in a directory.
 */
public final class EmbeddedBroker implements AutoCloseable {
    /** Far more than it takes, also on a machine that is busy with other things. */
    private static final int START_SECONDS = 180;

    private static final int POLL_MILLIS = 50;

    private final BrokerDirectory directory;
    private final int port;
    private final Map<String, String> further;
    private ChildProcess process;

    private EmbeddedBroker(BrokerDirectory directory, int port, Map<String, String> further) {
        this.directory = directory;
        this.port = port;
        this.further = Map.copyOf(further);
        this.process = launch();
    }

    /**
     * Starts a broker, waits until it answers, and creates the topics that it lacks.
     *
     * @param directory where data, configuration and log are kept; created if missing
     * @param port where clients connect; 0 takes a free one
     * @throws InvalidDataException if the port or the directory is in use, or the broker does not start
     */
    public static EmbeddedBroker start(Path directory, int port) {
        return start(directory, port, Map.of());
    }

    /**
     * The same, with settings of Kafka's broker, such as further listeners. The listener at the port stays.
     *
     * @throws InvalidDataException as above
     */
    public static EmbeddedBroker start(Path directory, int port, Map<String, String> further) {
        return new EmbeddedBroker(BrokerDirectory.create(directory), port == 0 ? Ports.free() : port, further);
    }

    /** Address for clients, as in {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Kills the broker as {@code kill -9} does; what it had acknowledged is still there after {@link #restart}. */
    public void killForcibly() {
        process.killForcibly();
    }

    /**
     * Starts the broker again, on the same port and data, after stopping it if it runs.
     *
     * @throws InvalidDataException if the broker does not start
     */
    public void restart() {
        close();
        process = launch();
    }

    /** Stops the broker; data and log stay. */
    @Override
    public void close() {
        process.close();
    }

    public ChildProcess process() {
        return process;
    }

    Path log() {
        return directory.log();
    }

    private ChildProcess launch() {
        directory.requireUnused();
        Ports.requireFree(port);
        Path properties = directory.writeProperties(port, Ports.free(), further);
        ChildProcess process = ChildProcess.logging("broker", command(properties), directory.log());
        try {
            awaitPort(process, port);
            LocalTopics.create("127.0.0.1:" + port, START_SECONDS);
            return process;
        } catch (ExecutionException | TimeoutException e) {
            process.killForcibly();
            throw new InvalidDataException(notStarted(process, directory), e);
        } catch (InterruptedException e) {
            process.killForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the broker started", e);
        }
    }

    private static void awaitPort(ChildProcess process, int port) throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!Ports.answers(port)) {
            boolean ended = process.process().waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
            if (ended || System.nanoTime() > deadline) {
                throw new TimeoutException("nothing listens on port " + port);
            }
        }
    }

    private static String notStarted(ChildProcess process, BrokerDirectory directory) {
        return "the broker did not start; the last lines of " + directory.log() + ":\n" + process.lastLines();
    }

    private static List<String> command(Path properties) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms32m",
                "-Xmx192m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dlogback.configurationFile=org/catrs/local/logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                Guarded.class.getName(),
                BrokerMain.class.getName(),
                properties.toString());
    }
}
