// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.ModelRelease;

/**
 * What must not be served, whoever signed it: a text file of one entry a line. An entry is a network's SHA-256, or {@code
 * NAME before INSTANT} for all releases of a model that were issued before that. Empty lines, and those that begin with
 * {@code #}, are passed over.
 *
 * @param networks SHA-256 of networks, lower-case hex
 * @param earliest the first moment of each model whose releases count
 */
record RevocationList(Set<String> networks, Map<String, Instant> earliest) {
    /** Nothing is revoked. */
    static final RevocationList EMPTY = new RevocationList(Set.of(), Map.of());

    private static final Pattern NETWORK = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern BEFORE = Pattern.compile("(.+) before (\\S+)");

    RevocationList {
        networks = Set.copyOf(networks);
        earliest = Map.copyOf(earliest);
    }

    /**
     * Reads a file.
     *
     * @throws InvalidDataException when it cannot be read, or a line is no entry
     */
    static RevocationList read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw InvalidDataException.unreadable(file, e);
        }
        Set<String> networks = new HashSet<>();
        Map<String, Instant> earliest = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            Matcher before = BEFORE.matcher(line);
            if (NETWORK.matcher(line).matches()) {
                networks.add(line);
            } else if (before.matches()) {
                Instant instant = instant(before.group(2), file, i + 1);
                earliest.merge(before.group(1).strip(), instant, (one, other) -> one.isAfter(other) ? one : other);
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                throw noEntry(file, i + 1, "'" + line + "'");
            }
        }
        return new RevocationList(networks, earliest);
    }

    /** Why a release is revoked; empty when it is not. */
    Optional<String> problem(ModelRelease release, Instant issued) {
        if (networks.contains(release.sha256())) {
            return Optional.of("the network " + release.sha256() + " is revoked");
        }
        Instant first = earliest.getOrDefault(release.name(), Instant.MIN);
        return issued.isBefore(first)
                ? Optional.of("this release of " + release.name() + " was issued at " + issued + ", and all before "
                        + first + " are revoked")
                : Optional.empty();
    }

    private static Instant instant(String text, Path file, int line) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw noEntry(file, line, "the time '" + text + "'");
        }
    }

    private static InvalidDataException noEntry(Path file, int line, String found) {
        return new InvalidDataException(file + ": line " + line + " has " + found
                + "; needed is the SHA-256 of a network (64 lower-case hex digits), or a line such as"
                + " 'digits before 2026-11-30T12:00:00Z'");
    }
}
