// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.seed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.Sha256;

/**
 * The policies that were published with a noise key before there were images. Each other one is a fresh draw of the noise
 * for whoever has the key.
 *
 * @param sha256 of each policy, lower-case hex
 */
public record PublishedPolicies(Set<String> sha256) {
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})(?: +(\\{.*\\}))?");

    public PublishedPolicies {
        sha256 = Set.copyOf(sha256);
    }

    /**
     * Reads a file of one policy a line: its SHA-256, and the canonical JSON that it is of, which may be left away. Empty
     * lines, and those that begin with {@code #}, are passed over.
     *
     * @throws InvalidDataException when it cannot be read, a line is no policy, or there is none
     */
    public static PublishedPolicies read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw InvalidDataException.unreadable(file, e);
        }
        Set<String> policies = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                policies.add(policy(line, file + ", line " + (i + 1)));
            }
        }
        if (policies.isEmpty()) {
            throw new InvalidDataException(
                    file + ": holds no policy; needed is one a line, as 'keys policy' prints them");
        }
        return new PublishedPolicies(policies);
    }

    private static String policy(String line, String place) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new InvalidDataException(
                    place + ": is no policy; needed is its SHA-256 (64 lower-case hex digits) and its"
                            + " JSON, as 'keys policy' prints them");
        }
        String json = parts.group(2);
        if (json != null && !Sha256.of(json.getBytes(StandardCharsets.UTF_8)).equals(parts.group(1))) {
            throw new InvalidDataException(
                    place + ": the SHA-256 is not that of the JSON behind it, which was changed");
        }
        return parts.group(1);
    }
}
