// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.catrs.certifier.audit.StoredCertificate.Broken;
import org.catrs.certifier.audit.StoredCertificate.Whole;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.json.JsonRecords;

/**
 * Reads certificates as consumers keep them: a JSON object a line, as {@code watch --json}, {@code certify --json} and
 * {@code kcat} write them, with a record's key before the object ({@code kcat -K}), around it ({@code kcat -J}), in it
 * ({@code watch}) or nowhere.
 */
public final class CertificateFile {
    /** Members that commands add to name the image. */
    private static final List<String> IDS = List.of("key", "file");

    private static final String ENVELOPE_PAYLOAD = "payload";

    private CertificateFile() {}

    /**
     * Reads a file; empty lines are passed over.
     *
     * @throws InvalidDataException when it cannot be read or has no line
     */
    public static List<StoredCertificate> read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            List<StoredCertificate> all = read(in);
            if (all.isEmpty()) {
                throw new InvalidDataException(file + ": holds no certificate; needed is one a line, as 'watch --json'"
                        + " or kcat prints them");
            }
            return all;
        } catch (IOException | UncheckedIOException e) {
            throw InvalidDataException.unreadable(file, e);
        }
    }

    private static List<StoredCertificate> read(InputStream in) throws IOException {
        List<StoredCertificate> all = new ArrayList<>();
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (!line.isBlank()) {
                all.add(parse(line, "line " + number));
            }
        }
        return all;
    }

    static StoredCertificate parse(String line, String place) {
        int start = line.indexOf('{');
        if (start < 0) {
            return new Broken(place, "is no JSON object");
        }
        String key = line.substring(0, start).strip().replaceFirst("\\s*[:,;|]$", "");
        String id = key.isEmpty() ? place : key;
        try {
            JsonNode tree = tree(line.substring(start));
            if (tree.path(ENVELOPE_PAYLOAD).isTextual()) {
                id = tree.path(IDS.get(0)).asText(id);
                tree = tree(tree.path(ENVELOPE_PAYLOAD).textValue());
            }
            for (String name : IDS) {
                id = tree.path(name).asText(id);
            }
            return new Whole(id, JsonRecords.fromTree(tree, CertifiedPrediction.class));
        } catch (InvalidDataException e) {
            return new Broken(id, String.valueOf(e.getMessage()));
        }
    }

    private static JsonNode tree(String json) {
        return JsonRecords.readTree(json.getBytes(StandardCharsets.UTF_8));
    }
}
