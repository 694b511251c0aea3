// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** SHA-256 (FIPS 180-4), written as 64 lower-case hex digits. */
public final class Sha256 {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    private Sha256() {}

    /** The hash of bytes. */
    public static String of(byte[] bytes) {
        return hex(digest().digest(bytes));
    }

    /**
     * The hash of a file's content.
     *
     * @throws InvalidDataException when the file cannot be read
     */
    public static String ofFile(Path file) {
        MessageDigest digest = digest();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        } catch (IOException e) {
            throw InvalidDataException.unreadable(file, e);
        }
        return hex(digest.digest());
    }

    /** A digest to be fed piece by piece. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A digest's bytes in lower-case hex. */
    public static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }

    /**
     * Returns its argument.
     *
     * @throws IllegalArgumentException when it is not 64 lower-case hex digits
     */
    public static String requireHex(String sha256) {
        if (!HEX.matcher(sha256).matches()) {
            throw new IllegalArgumentException("a SHA-256 has 64 lower-case hex digits, found '" + sha256 + "'");
        }
        return sha256;
    }
}
