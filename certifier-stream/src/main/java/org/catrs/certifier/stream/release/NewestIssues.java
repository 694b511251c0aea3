// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.Sha256;
import org.catrs.schemas.file.AtomicFiles;
import org.catrs.schemas.json.JsonRecords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When the newest release of each model was issued that was served here, kept in a folder for the next start. A model that
 * is retired keeps it.
 */
final class NewestIssues {
    private static final Logger LOG = LoggerFactory.getLogger(NewestIssues.class);
    private static final String JSON = ".json";

    private final Path folder;
    private final Map<String, Instant> newest = new HashMap<>();

    private NewestIssues(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads what was kept.
     *
     * @param folder made if missing
     * @throws InvalidDataException when it cannot be used
     */
    static NewestIssues open(Path folder) {
        NewestIssues issues = new NewestIssues(folder);
        try {
            Files.createDirectories(folder);
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(JSON)).forEach(issues::read);
            }
            return issues;
        } catch (IOException | UncheckedIOException e) {
            throw new InvalidDataException(folder + ": cannot be used to keep when models were issued: " + e, e);
        }
    }

    /** When the newest one was issued; the beginning of time where there was none. */
    Instant of(String name) {
        return newest.getOrDefault(name, Instant.MIN);
    }

    /** Keeps that a release was served, unless a newer one was. */
    void raise(String name, Instant issued) {
        Path file = folder.resolve(Sha256.of(name.getBytes(StandardCharsets.UTF_8)) + JSON);
        try {
            if (Files.exists(file)) {
                read(file);
            }
            if (issued.isAfter(of(name))) {
                newest.put(name, issued);
                Files.createDirectories(folder);
                AtomicFiles.write(file, JsonRecords.write(new Issue(name, issued.toEpochMilli())));
            }
        } catch (IOException | UncheckedIOException e) {
            newest.merge(name, issued, NewestIssues::later);
            LOG.warn("that {} was issued at {} is not kept for the next start: {}", name, issued, e.getMessage());
        }
    }

    /** Several instances may share the folder, so that what another one kept counts, too. */
    private void read(Path file) {
        try {
            Issue issue = JsonRecords.read(Files.readAllBytes(file), Issue.class);
            newest.merge(issue.name(), Instant.ofEpochMilli(issue.issued()), NewestIssues::later);
        } catch (InvalidDataException e) {
            LOG.warn("{} is damaged, and not used: {}", file, e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /**
     * What is kept of a model.
     *
     * @param issued in milliseconds since 1970 UTC
     */
    private record Issue(String name, long issued) {}
}
