// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.signature;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.catrs.schemas.Sha256;

/**
 * Says that a model may be served from a moment on: the signature of its manifest and of that moment.
 *
 * <p>What is signed is the text {@code catrs release}, the moment and the SHA-256 of the manifest's bytes (lower-case hex),
 * one a line, with a newline between them and none at the end. No certificate has such a text, so that neither signature
 * passes for the other.
 *
 * @param issued the moment, in milliseconds since 1970 UTC
 * @param signature Ed25519, 64 bytes in Base64
 */
public record ReleaseSignature(long issued, String signature) {
    private static final String WHAT_IT_IS = "catrs release";

    /** Signs a manifest's bytes. */
    public static ReleaseSignature sign(byte[] manifest, Instant issued, SigningKey key) {
        long moment = issued.toEpochMilli();
        return new ReleaseSignature(moment, Base64.getEncoder().encodeToString(key.sign(content(manifest, moment))));
    }

    /** Id of the key that signed this for a manifest's bytes; empty when none of these did. */
    public Optional<String> signer(byte[] manifest, VerificationKeys keys) {
        return keys.verify(content(manifest, issued), CertificateSignature.decode(signature));
    }

    /** Whether a key gives this signature for a manifest's bytes. */
    public boolean isBy(SigningKey key, byte[] manifest) {
        return equals(sign(manifest, Instant.ofEpochMilli(issued), key));
    }

    private static byte[] content(byte[] manifest, long issued) {
        return (WHAT_IT_IS + "\n" + issued + "\n" + Sha256.of(manifest)).getBytes(StandardCharsets.UTF_8);
    }
}
