// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.signature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.Iterator;
import java.util.Optional;
import java.util.TreeSet;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.json.CanonicalJson;
import org.catrs.schemas.json.JsonRecords;

/**
 * Signs certificates, and says whether a certificate is as it was signed.
 *
 * <p>What is signed is the certificate's JSON object without {@code signature} and without members that are null, in the
 * canonical form of RFC 8785. It is the same whether the certificate travelled as JSON or as Avro, and whatever rewrote
 * the JSON on its way.
 */
public final class CertificateSignature {
    private static final String SIGNATURE = "signature";
    private static final String SIGNING_KEY = "signingKey";

    private CertificateSignature() {}

    /** What a certificate's signature says of it. */
    public enum Verdict {
        /** There is no signature. */
        UNSIGNED,
        /** The certificate is as the holder of a known key signed it. */
        VALID,
        /** The key that it names is not among those given, so that nothing is known. */
        UNKNOWN_KEY,
        /** The certificate is not as the holder of the key that it names signed it. */
        INVALID
    }

    /** The certificate with a signature in place of any that it had. */
    public static CertifiedPrediction sign(CertifiedPrediction certificate, SigningKey key) {
        ObjectNode tree = tree(certificate).put(SIGNING_KEY, key.keyId());
        byte[] signature = key.sign(content(tree));
        tree.put(SIGNATURE, Base64.getEncoder().encodeToString(signature));
        return JsonRecords.fromTree(tree, CertifiedPrediction.class);
    }

    /** Holds a certificate against its signature. */
    public static Verdict verify(CertifiedPrediction certificate, VerificationKeys keys) {
        String signature = certificate.signature();
        String signingKey = certificate.signingKey();
        if (signature == null || signingKey == null) {
            return Verdict.UNSIGNED;
        }
        if (!keys.keyIds().contains(signingKey)) {
            return Verdict.UNKNOWN_KEY;
        }
        return keys.verify(content(certificate), decode(signature)).equals(Optional.of(signingKey))
                ? Verdict.VALID
                : Verdict.INVALID;
    }

    /** What is wrong with a certificate that one of some keys must have signed; nothing when one did. */
    public static Optional<String> problem(CertifiedPrediction certificate, VerificationKeys keys) {
        return switch (verify(certificate, keys)) {
            case VALID -> Optional.empty();
            case UNSIGNED -> Optional.of("it is not signed");
            case UNKNOWN_KEY ->
                Optional.of("it names the key " + certificate.signingKey() + " as its signer's, known are "
                        + new TreeSet<>(keys.keyIds()));
            case INVALID -> Optional.of("it is not as the key " + certificate.signingKey() + " signed it");
        };
    }

    /** The bytes that are signed. */
    static byte[] content(CertifiedPrediction certificate) {
        return content(tree(certificate));
    }

    private static byte[] content(ObjectNode tree) {
        tree.remove(SIGNATURE);
        removeNulls(tree);
        return CanonicalJson.of(tree);
    }

    private static ObjectNode tree(CertifiedPrediction certificate) {
        return (ObjectNode) JsonRecords.toTree(certificate);
    }

    private static void removeNulls(JsonNode tree) {
        for (Iterator<JsonNode> members = tree.elements(); members.hasNext(); ) {
            JsonNode member = members.next();
            if (member.isNull()) {
                members.remove();
            } else {
                removeNulls(member);
            }
        }
    }

    /** No bytes where the text is not the one Base64 form of some: no key signed so. */
    static byte[] decode(String signature) {
        try {
            byte[] bytes = Base64.getDecoder().decode(signature);
            return Base64.getEncoder().encodeToString(bytes).equals(signature) ? bytes : new byte[0];
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
