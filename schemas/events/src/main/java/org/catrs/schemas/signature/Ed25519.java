// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.signature;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import org.catrs.schemas.Sha256;

/** Ed25519 by the Java platform. */
final class Ed25519 {
    static final String ALGORITHM = "Ed25519";

    private static final int KEY_ID_DIGITS = 16;

    private Ed25519() {}

    static KeyFactory keys() throws GeneralSecurityException {
        return KeyFactory.getInstance(ALGORITHM);
    }

    /** The first 16 hex digits of the SHA-256 of a key's SubjectPublicKeyInfo. */
    static String keyId(PublicKey key) {
        return Sha256.of(key.getEncoded()).substring(0, KEY_ID_DIGITS);
    }

    static byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform cannot sign by Ed25519", e);
        }
    }

    static boolean verify(PublicKey key, byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException | InvalidKeyException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform cannot verify Ed25519 signatures", e);
        }
    }
}
