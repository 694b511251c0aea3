// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.vrf;

import java.security.PublicKey;
import java.util.Arrays;
import java.util.Optional;
import org.catrs.schemas.signature.VerificationKeys;

/** A key that verifies outputs: an Ed25519 public key (RFC 8032). Safe for use by many threads. */
public final class VrfPublicKey {
    private final byte[] bytes;
    private final String keyId;

    private VrfPublicKey(byte[] bytes, String keyId) {
        this.bytes = bytes;
        this.keyId = keyId;
    }

    /** @param key an Ed25519 key of the Java platform */
    public static VrfPublicKey of(PublicKey key) {
        byte[] encoded = key.getEncoded();
        // The end of an Ed25519 key's SubjectPublicKeyInfo is the key (RFC 8410, section 4).
        byte[] bytes = Arrays.copyOfRange(encoded, encoded.length - EdwardsPoint.BYTES, encoded.length);
        return new VrfPublicKey(bytes, VerificationKeys.keyId(key));
    }

    /** The key's name: the first 16 hex digits of the SHA-256 of its SubjectPublicKeyInfo. */
    public String keyId() {
        return keyId;
    }

    /**
     * Verifies a proof.
     *
     * @param proof 80 bytes; others prove nothing
     * @return the output for the input, 64 bytes; empty when the proof does not show one, or this key could have several
     */
    public Optional<byte[]> verify(byte[] input, byte[] proof) {
        return Ecvrf.verify(bytes, input, proof);
    }

    byte[] bytes() {
        return bytes;
    }
}
