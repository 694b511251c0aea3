// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.outcome;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A pair of files as openssl writes them.
 *
 * @param privateKey the key that signs
 * @param publicKey the key that verifies
 */
public record TestKeys(Path privateKey, Path publicKey) {
    /** A new pair. */
    public static TestKeys in(Path folder) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            Path directory = Files.createTempDirectory(folder, "keys");
            return new TestKeys(
                    write(
                            directory.resolve("key"),
                            "PRIVATE KEY",
                            pair.getPrivate().getEncoded()),
                    write(
                            directory.resolve("key.pem"),
                            "PUBLIC KEY",
                            pair.getPublic().getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of the private key that has 32 secret bytes. */
    public static Path ofSecret(Path folder, byte[] secret) throws IOException {
        // RFC 8410, section 7: what stands before the bytes.
        byte[] before = HexFormat.of().parseHex("302e020100300506032b657004220420");
        byte[] der = Arrays.copyOf(before, before.length + secret.length);
        System.arraycopy(secret, 0, der, before.length, secret.length);
        return write(folder.resolve("secret.pem"), "PRIVATE KEY", der);
    }

    private static Path write(Path file, String label, byte[] der) throws IOException {
        String text = "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + label + "-----\n";
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
