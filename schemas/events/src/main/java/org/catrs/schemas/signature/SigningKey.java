// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.signature;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.catrs.schemas.InvalidDataException;

/** A private Ed25519 key (RFC 8032), and the name by which its signatures are known. Safe for use by many threads. */
public final class SigningKey {
    private static final String PRIVATE = "PRIVATE KEY";

    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final PrivateKey key;
    private final PublicKey publicKey;

    private SigningKey(PrivateKey key, PublicKey publicKey) {
        this.key = key;
        this.publicKey = publicKey;
    }

    /**
     * Reads a key as {@code openssl genpkey -algorithm ed25519} writes it: PKCS#8 in PEM form, not encrypted.
     *
     * @throws InvalidDataException when the file cannot be read or holds no such key
     */
    public static SigningKey read(Path file) {
        byte[] der = PemFile.read(file, PRIVATE);
        try {
            PrivateKey key = Ed25519.keys().generatePrivate(new PKCS8EncodedKeySpec(der));
            return new SigningKey(key, publicKey(key));
        } catch (GeneralSecurityException e) {
            throw new InvalidDataException(
                    file + ": is no Ed25519 key; make one by 'openssl genpkey -algorithm ed25519 -out FILE'", e);
        }
    }

    /**
     * Makes a key, and writes it into a new file that its owner alone may read, as {@link #read} reads it.
     *
     * @throws InvalidDataException when there is a file already, or none can be written
     */
    public static SigningKey create(Path file) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(Ed25519.ALGORITHM).generateKeyPair();
            PemFile.create(file, PRIVATE, pair.getPrivate().getEncoded(), "rw-------");
            return read(file);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform makes no Ed25519 key", e);
        }
    }

    /**
     * Writes the public key into a new file, in the form that {@link VerificationKeys} reads.
     *
     * @throws InvalidDataException when there is a file already, or none can be written
     */
    public void publish(Path file) {
        PemFile.create(file, VerificationKeys.PUBLIC, publicKey.getEncoded(), "rw-r--r--");
    }

    /** The public key in PEM form: SubjectPublicKeyInfo, with a newline at the end. */
    public String publicPem() {
        return PemFile.block(VerificationKeys.PUBLIC, publicKey.getEncoded());
    }

    /**
     * A warning where others than its owner may read a key's file; none where the file system knows no such
     * permissions.
     */
    public static Optional<String> exposure(Path file) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            return Collections.disjoint(permissions, OTHERS)
                    ? Optional.empty()
                    : Optional.of("the private key " + file + " can be read or changed by others than its owner ("
                            + PosixFilePermissions.toString(permissions) + "): chmod 600 keeps it private");
        } catch (UnsupportedOperationException | IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Signs a message.
     *
     * @return 64 bytes; equal messages have equal signatures
     */
    public byte[] sign(byte[] message) {
        return Ed25519.sign(key, message);
    }

    /** The key by which its signatures are verified. */
    public PublicKey publicKey() {
        return publicKey;
    }

    /** The key's 32 secret bytes. */
    public byte[] secret() {
        return secret(key);
    }

    /** The key's name: the first 16 hex digits of the SHA-256 of its public key's SubjectPublicKeyInfo. */
    public String keyId() {
        return Ed25519.keyId(publicKey);
    }

    /**
     * The public key that belongs to a private one. The Java platform computes one only when it makes a key pair, so it
     * makes one of this key's bytes instead of random ones; that it took them is checked by a signature.
     */
    private static PublicKey publicKey(PrivateKey key) throws GeneralSecurityException {
        byte[] secret = secret(key);
        KeyPairGenerator generator = KeyPairGenerator.getInstance(Ed25519.ALGORITHM);
        generator.initialize(NamedParameterSpec.ED25519, new KnownBytes(secret));
        KeyPair pair = generator.generateKeyPair();
        byte[] probe = {1};
        if (!Ed25519.verify(pair.getPublic(), probe, Ed25519.sign(key, probe))) {
            throw new IllegalStateException("this Java platform makes no public key from a private Ed25519 key");
        }
        return pair.getPublic();
    }

    private static byte[] secret(PrivateKey key) {
        return ((EdECPrivateKey) key)
                .getBytes()
                .orElseThrow(() -> new IllegalStateException("a key read from a file has its bytes"));
    }

    /** Gives a key's bytes to whoever asks for random ones. */
    private static final class KnownBytes extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] bytes;

        KnownBytes(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        @Override
        public void nextBytes(byte[] target) {
            System.arraycopy(Arrays.copyOf(bytes, target.length), 0, target, 0, target.length);
        }
    }
}
