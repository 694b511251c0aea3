// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.vrf;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The verifiable random function ECVRF-EDWARDS25519-SHA512-TAI of RFC 9381: for each key and input there is one output that
 * a proof can show, whoever made the key. Proofs of one output may differ.
 */
final class Ecvrf {
    /** Of a proof. */
    static final int PROOF_BYTES = 80;

    private static final byte SUITE = 0x03;
    private static final byte ENCODE_TO_CURVE = 0x01;
    private static final byte CHALLENGE = 0x02;
    private static final byte OUTPUT = 0x03;
    private static final byte END = 0x00;
    private static final int CHALLENGE_BYTES = 16;

    private Ecvrf() {}

    /**
     * Proves the output for an input (RFC 9381, section 5.1). Takes the same time for all secrets.
     *
     * @param secret the 32 bytes of an Ed25519 private key (RFC 8032)
     * @param publicKey the 32 bytes of its public key
     * @return the proof, 80 bytes
     */
    static byte[] prove(byte[] secret, byte[] publicKey, byte[] input) {
        byte[] expanded = sha512(secret);
        byte[] number = Arrays.copyOf(expanded, Scalar.BYTES);
        // RFC 8032, section 5.1.5.
        number[0] &= (byte) 0xF8;
        number[31] = (byte) ((number[31] & 0x7F) | 0x40);
        EdwardsPoint point = point(publicKey).orElseThrow();
        EdwardsPoint hashed = toCurve(publicKey, input);
        byte[] hashedBytes = hashed.encode();
        byte[] gamma = hashed.times(number).encode();
        Scalar nonce = Scalar.read(sha512(Arrays.copyOfRange(expanded, Scalar.BYTES, 64), hashedBytes));
        byte[] nonceBytes = nonce.toBytes();
        byte[] challenge = challenge(
                point.encode(),
                hashedBytes,
                gamma,
                EdwardsPoint.BASE.times(nonceBytes).encode(),
                hashed.times(nonceBytes).encode());
        Scalar answer = nonce.plusProduct(Scalar.read(challenge), Scalar.read(number));
        return ByteBuffer.allocate(PROOF_BYTES)
                .put(gamma)
                .put(challenge)
                .put(answer.toBytes())
                .array();
    }

    /**
     * Verifies a proof and validates the key (RFC 9381, sections 5.3 and 5.4.5).
     *
     * @param publicKey the 32 bytes of an Ed25519 public key
     * @return the output, 64 bytes; empty when the proof proves nothing, or the key is none
     */
    static Optional<byte[]> verify(byte[] publicKey, byte[] input, byte[] proof) {
        Optional<EdwardsPoint> key =
                point(publicKey).filter(point -> !point.timesCofactor().isNeutral());
        if (key.isEmpty() || proof.length != PROOF_BYTES) {
            return Optional.empty();
        }
        byte[] challenge = Arrays.copyOfRange(proof, EdwardsPoint.BYTES, EdwardsPoint.BYTES + CHALLENGE_BYTES);
        byte[] answer = Arrays.copyOfRange(proof, EdwardsPoint.BYTES + CHALLENGE_BYTES, PROOF_BYTES);
        Optional<EdwardsPoint> gamma = point(Arrays.copyOf(proof, EdwardsPoint.BYTES));
        if (gamma.isEmpty() || !Scalar.isLeast(answer)) {
            return Optional.empty();
        }
        EdwardsPoint hashed = toCurve(publicKey, input);
        byte[] found = challenge(
                publicKey,
                hashed.encode(),
                gamma.get().encode(),
                EdwardsPoint.BASE
                        .times(answer)
                        .minus(key.get().times(challenge))
                        .encode(),
                hashed.times(answer).minus(gamma.get().times(challenge)).encode());
        return MessageDigest.isEqual(challenge, found) ? Optional.of(output(gamma.get())) : Optional.empty();
    }

    /** The output that a proof of this key's holder stands for (RFC 9381, section 5.2), without verifying it. */
    static byte[] output(byte[] proof) {
        return output(point(Arrays.copyOf(proof, EdwardsPoint.BYTES)).orElseThrow());
    }

    private static byte[] output(EdwardsPoint gamma) {
        return sha512(new byte[] {SUITE, OUTPUT}, gamma.timesCofactor().encode(), new byte[] {END});
    }

    private static Optional<EdwardsPoint> point(byte[] bytes) {
        return bytes.length == EdwardsPoint.BYTES ? EdwardsPoint.decode(bytes) : Optional.empty();
    }

    /** Tries numbers until one gives a point (RFC 9381, section 5.4.1.1); each does for half of all inputs. */
    private static EdwardsPoint toCurve(byte[] publicKey, byte[] input) {
        for (int attempt = 0; attempt < 256; attempt++) {
            byte[] hash =
                    sha512(new byte[] {SUITE, ENCODE_TO_CURVE}, publicKey, input, new byte[] {(byte) attempt, END});
            Optional<EdwardsPoint> found = EdwardsPoint.decode(Arrays.copyOf(hash, EdwardsPoint.BYTES))
                    .map(EdwardsPoint::timesCofactor)
                    .filter(point -> !point.isNeutral());
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new IllegalStateException("256 hashes in a row were no point, which chance does not do");
    }

    private static byte[] challenge(byte[]... points) {
        byte[][] parts = new byte[points.length + 2][];
        parts[0] = new byte[] {SUITE, CHALLENGE};
        System.arraycopy(points, 0, parts, 1, points.length);
        parts[points.length + 1] = new byte[] {END};
        return Arrays.copyOf(sha512(parts), CHALLENGE_BYTES);
    }

    private static byte[] sha512(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-512");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform has no SHA-512", e);
        }
    }
}
