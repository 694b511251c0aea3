// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.vrf;

import java.nio.file.Path;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.signature.SigningKey;

/** A key that makes outputs and proves them: an Ed25519 private key (RFC 8032). Safe for use by many threads. */
public final class VrfSecretKey {
    private final byte[] secret;
    private final VrfPublicKey publicKey;

    private VrfSecretKey(byte[] secret, VrfPublicKey publicKey) {
        this.secret = secret;
        this.publicKey = publicKey;
    }

    /**
     * Reads a key as {@code openssl genpkey -algorithm ed25519} writes it: PKCS#8 in PEM form, not encrypted.
     *
     * @throws InvalidDataException when the file cannot be read or holds no such key
     */
    public static VrfSecretKey read(Path file) {
        SigningKey key = SigningKey.read(file);
        return new VrfSecretKey(key.secret(), VrfPublicKey.of(key.publicKey()));
    }

    /** The key by which others verify. */
    public VrfPublicKey publicKey() {
        return publicKey;
    }

    /** Computes the output for an input, with a proof of it. Takes the same time for all keys. */
    public VrfProof prove(byte[] input) {
        byte[] proof = Ecvrf.prove(secret, publicKey.bytes(), input);
        return new VrfProof(proof, Ecvrf.output(proof));
    }
}
