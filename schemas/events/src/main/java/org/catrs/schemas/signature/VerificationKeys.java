// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.signature;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.catrs.schemas.InvalidDataException;

/** The public Ed25519 keys (RFC 8032) whose signatures are believed, by key id. Safe for use by many threads. */
public final class VerificationKeys {
    /** What stands after BEGIN in the file of a public key. */
    static final String PUBLIC = "PUBLIC KEY";

    private final Map<String, PublicKey> keys;

    private VerificationKeys(Map<String, PublicKey> keys) {
        this.keys = Map.copyOf(keys);
    }

    /** No key: no signature is believed. */
    public static VerificationKeys none() {
        return new VerificationKeys(Map.of());
    }

    /**
     * Reads keys as {@code openssl pkey -pubout} writes them: SubjectPublicKeyInfo in PEM form.
     *
     * @param files files, each with one key, or folders, of which each file {@code *.pem} is read
     * @throws InvalidDataException when a file cannot be read or holds no such key, or a folder has no file *.pem
     */
    public static VerificationKeys read(Collection<Path> files) {
        Map<String, PublicKey> keys = new TreeMap<>();
        for (Path file : files) {
            for (Path one : Files.isDirectory(file) ? keyFiles(file) : List.of(file)) {
                PublicKey key = key(one);
                keys.put(Ed25519.keyId(key), key);
            }
        }
        return new VerificationKeys(keys);
    }

    /**
     * Says who signed.
     *
     * @return id of the key that signed the message, see {@link SigningKey#keyId()}; empty when none of these did
     */
    public Optional<String> verify(byte[] message, byte[] signature) {
        return keys.entrySet().stream()
                .filter(entry -> Ed25519.verify(entry.getValue(), message, signature))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** A key's name: the first 16 hex digits of the SHA-256 of its SubjectPublicKeyInfo. */
    public static String keyId(PublicKey key) {
        return Ed25519.keyId(key);
    }

    /** The key of a name; empty when it is not among these. */
    public Optional<PublicKey> key(String keyId) {
        return Optional.ofNullable(keys.get(keyId));
    }

    /** Ids of the keys. */
    public Set<String> keyIds() {
        return keys.keySet();
    }

    private static List<Path> keyFiles(Path folder) {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            entries.filter(file -> file.toString().endsWith(".pem")).sorted().forEach(files::add);
        } catch (IOException e) {
            throw InvalidDataException.unreadable(folder, e);
        }
        if (files.isEmpty()) {
            throw new InvalidDataException(folder + ": has no file *.pem with a public key");
        }
        return files;
    }

    private static PublicKey key(Path file) {
        byte[] der = PemFile.read(file, PUBLIC);
        try {
            return Ed25519.keys().generatePublic(new X509EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw new InvalidDataException(
                    file + ": is no public Ed25519 key; 'openssl pkey -in PRIVATE -pubout -out FILE' writes one", e);
        }
    }
}
