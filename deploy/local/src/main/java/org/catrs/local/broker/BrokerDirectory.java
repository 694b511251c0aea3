// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.local.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.catrs.schemas.InvalidDataException;

/**
 * The directory in which a broker keeps what it needs: {@code data/}, {@code server.properties}, {@code broker.log}.
 */
public record BrokerDirectory(Path path) {
    /** A broker that lost its parent needs a moment to notice. */
    private static final long ORPHAN_SECONDS = 5;

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    public static BrokerDirectory create(Path path) {
        BrokerDirectory directory = new BrokerDirectory(path.toAbsolutePath().normalize());
        try {
            Files.createDirectories(directory.data());
        } catch (IOException e) {
            throw new InvalidDataException(
                    "the broker's directory " + path + " cannot be created (" + e
                            + "): choose one that you may write to with --dir",
                    e);
        }
        return directory;
    }

    Path data() {
        return path.resolve("data");
    }

    Path log() {
        return path.resolve("broker.log");
    }

    Path writeProperties(int port, int controllerPort, Map<String, String> further) {
        Path file = path.resolve("server.properties");
        Properties properties = BrokerProperties.of(data(), port, controllerPort);
        // Listeners come beside those that the broker has, whose ports are chosen at each start.
        further.forEach((key, value) -> properties.merge(
                key, value, (own, more) -> BrokerProperties.LISTS.contains(key) ? own + "," + more : more));
        try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            properties.store(writer, "Written at every start of the broker");
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
        return file;
    }

    /**
     * Makes sure that no broker works on this directory.
     *
     * @throws InvalidDataException if one does
     */
    public void requireUnused() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(ORPHAN_SECONDS);
        while (locked()) {
            if (System.nanoTime() > deadline) {
                throw new InvalidDataException(
                        "another broker works on " + path + ": stop it, or choose another directory with --dir");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Kafka holds a lock on this file as long as it runs. */
    private boolean locked() {
        Path file = data().resolve(".lock");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be locked", e);
        }
    }
}
