// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.noise;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The random bytes of a phase's samples: the AES-128 keystream in counter mode (NIST SP 800-38A, section 6.5). The key is
 * the seed's 16 bytes. A sample's first counter block holds, big-endian, the phase in one byte, the sample's number in
 * seven and 0 in eight; the counter counts blocks in the last eight.
 */
final class Keystream {
    private static final long SAMPLES = 1L << 56;

    private final Cipher cipher;
    private final SecretKeySpec key;
    private final long phase;
    private final ByteBuffer block = ByteBuffer.allocate(16);
    private byte[] zeros = new byte[0];

    Keystream(Seed seed, Phase phase) {
        ByteBuffer bytes = ByteBuffer.allocate(16).putLong(seed.high()).putLong(seed.low());
        this.key = new SecretKeySpec(bytes.array(), "AES");
        this.phase = (long) phase.code() << 56;
        try {
            this.cipher = Cipher.getInstance("AES/CTR/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has AES", e);
        }
    }

    /**
     * Goes to the first byte of a sample.
     *
     * @param index number of the sample, at least 0 and below 2^56
     */
    void seek(long index) {
        if (index < 0 || index >= SAMPLES) {
            throw new IllegalArgumentException("a sample's number is at least 0 and below 2^56, found " + index);
        }
        block.putLong(0, phase | index);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(block.array()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES takes every 16 bytes as key and as counter", e);
        }
    }

    /** Writes the sample's next bytes to the beginning of an array. */
    void read(byte[] target, int length) {
        if (zeros.length < length) {
            zeros = new byte[length];
        }
        try {
            cipher.update(zeros, 0, length, target, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the target holds " + target.length + " bytes, not " + length, e);
        }
    }
}
