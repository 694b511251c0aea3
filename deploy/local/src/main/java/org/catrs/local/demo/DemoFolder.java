// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.local.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.catrs.local.broker.BrokerDirectory;
import org.catrs.schemas.InvalidDataException;

/** The folder in which the demo leaves its results; each run overwrites the last one's. */
record DemoFolder(Path path) {
    Path model() {
        return path.resolve("model");
    }

    Path predictions() {
        return path.resolve("predictions.tsv");
    }

    Path plot() {
        return path.resolve("certified-accuracy.png");
    }

    Path logs() {
        return path.resolve("logs");
    }

    Path log(String name) {
        return logs().resolve(name + ".log");
    }

    Path broker() {
        return path.resolve("broker");
    }

    Path serviceProperties() {
        return path.resolve("service.properties");
    }

    /** Whether a demo made this folder. */
    boolean isUsed() {
        return Files.exists(serviceProperties());
    }

    /**
     * Makes the folder ready for a run.
     *
     * @param serviceProperties the service's configuration
     * @throws InvalidDataException if the folder holds something that no demo left there, or another demo uses it
     */
    void prepare(List<String> serviceProperties) {
        try {
            requireOurs();
            if (Files.exists(broker())) {
                BrokerDirectory.create(broker()).requireUnused();
            }
            for (Path left : List.of(model(), predictions(), plot(), logs(), broker())) {
                delete(left);
            }
            Files.createDirectories(logs());
            Files.write(serviceProperties(), serviceProperties);
        } catch (IOException e) {
            throw new InvalidDataException(
                    path + " cannot be used for the demo's results (" + e + "): choose another folder with --out", e);
        }
    }

    /** Deletes the broker's data, which the results do not need. */
    void deleteBroker() {
        try {
            delete(broker());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void requireOurs() throws IOException {
        if (!Files.exists(path) || isUsed()) {
            return;
        }
        try (Stream<Path> entries = Files.list(path)) {
            if (entries.findAny().isPresent()) {
                throw new InvalidDataException(
                        path + " holds files that are not the demo's: name an empty or a new folder" + " with --out");
            }
        }
    }

    private static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> entries = Files.walk(root)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        }
    }
}
