// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
 * Reads certificates as consumers keep them: a JSON object a line and nothing else, as {@code watch --json}, {@code certify
 * --json} and {@code kcat} write them. What is read is what was signed: text around the object, an envelope, or a member
 * that the schema does not have is refused, but for the names that commands add.
 */
public final class CertificateFile {
    /** Members that commands add to name the image. No signature covers them. */
    private static final List<String> NAMES = List.of("key", "file");

    /** A member that 'certify --json' computes of the radius. No signature covers it, and nothing here believes it. */
    public static final String OTHER_NORMS = "otherNorms";

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
        String id = place;
        try {
            JsonNode tree = JsonRecords.readTree(line.getBytes(StandardCharsets.UTF_8));
            if (!(tree instanceof ObjectNode certificate)) {
                throw new InvalidDataException("is no JSON object");
            }
            for (String name : NAMES) {
                id = tree.path(name).asText(id);
            }
            certificate.remove(NAMES);
            certificate.remove(OTHER_NORMS);
            JsonRecords.requireKnownMembers(certificate, CertifiedPrediction.class);
            return new Whole(id, JsonRecords.fromTree(certificate, CertifiedPrediction.class));
        } catch (InvalidDataException e) {
            return new Broken(id, String.valueOf(e.getMessage()));
        }
    }
}
