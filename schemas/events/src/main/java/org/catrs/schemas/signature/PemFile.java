// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.signature;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catrs.schemas.InvalidDataException;

/** A file with one block of PEM text (RFC 7468). */
final class PemFile {
    private static final long LARGEST_BYTES = 1 << 16;

    private PemFile() {}

    /**
     * The content of a file's first block.
     *
     * @param label what stands after BEGIN
     * @throws InvalidDataException when the file cannot be read or has no such block
     */
    static byte[] read(Path file, String label) {
        Matcher block = Pattern.compile("-----BEGIN " + label + "-----(.*?)-----END " + label + "-----", Pattern.DOTALL)
                .matcher(text(file));
        if (!block.find()) {
            throw new InvalidDataException(file + ": has no block '-----BEGIN " + label + "-----', which a key in PEM"
                    + " form has; 'openssl genpkey -algorithm ed25519' makes a private key, 'openssl pkey -pubout' its"
                    + " public one");
        }
        try {
            return Base64.getMimeDecoder().decode(block.group(1));
        } catch (IllegalArgumentException e) {
            throw new InvalidDataException(file + ": is damaged: " + e.getMessage(), e);
        }
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > LARGEST_BYTES) {
                throw new InvalidDataException(file + ": is too large for a key");
            }
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw InvalidDataException.unreadable(file, e);
        }
    }
}
