// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.Sha256;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.file.AtomicFiles;
import org.catrs.schemas.json.JsonRecords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The release of each model that was served last, kept in a folder for the next start. It is trusted no more than the
 * topic, and everything that is checked of a release is checked of these.
 */
final class LastReleases {
    private static final Logger LOG = LoggerFactory.getLogger(LastReleases.class);
    private static final String JSON = ".json";

    private final Path folder;
    private final Map<String, ModelRelease> releases = new HashMap<>();

    private LastReleases(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads what was kept.
     *
     * @param folder made if missing
     * @throws InvalidDataException when it cannot be used
     */
    static LastReleases open(Path folder) {
        LastReleases last = new LastReleases(folder);
        try {
            Files.createDirectories(folder);
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(JSON)).forEach(last::read);
            }
            return last;
        } catch (IOException | UncheckedIOException e) {
            throw new InvalidDataException(folder + ": cannot be used to keep the last releases: " + e, e);
        }
    }

    private void read(Path file) {
        try {
            ModelRelease release = JsonRecords.read(Files.readAllBytes(file), ModelRelease.class);
            releases.put(release.name(), release);
        } catch (InvalidDataException e) {
            LOG.warn("{} is damaged, and not used: {}", file, e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<ModelRelease> of(String name) {
        return Optional.ofNullable(releases.get(name));
    }

    Collection<ModelRelease> all() {
        return releases.values();
    }

    /** Keeps a release in the place of the last one of its model. */
    void keep(ModelRelease release) {
        if (release.equals(releases.put(release.name(), release))) {
            return;
        }
        Path file = file(release.name());
        try {
            Files.createDirectories(folder);
            AtomicFiles.write(file, JsonRecords.write(release));
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("{} is not kept for the next start: {}", release, e.getMessage());
        }
    }

    void forget(String name) {
        releases.remove(name);
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException e) {
            LOG.warn("the last release of {} was not deleted", name, e);
        }
    }

    /** Forgets all others. */
    void retain(Set<String> names) {
        List.copyOf(releases.keySet()).stream()
                .filter(name -> !names.contains(name))
                .forEach(this::forget);
    }

    private Path file(String name) {
        return folder.resolve(Sha256.of(name.getBytes(StandardCharsets.UTF_8)) + JSON);
    }
}
