// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.vrf;

import java.security.MessageDigest;

/**
 * An integer modulo q = 2^252 + 27742317777372353535851937790883648493, the order of edwards25519's large subgroup
 * (RFC 8032, section 5.1), as nine limbs of 28 bits, the least first. Immutable. No operation branches on a value.
 */
final class Scalar {
    static final int BYTES = 32;

    private static final int LIMB_BITS = 28;
    private static final long MASK = (1L << LIMB_BITS) - 1;
    /** Of 252 bits. */
    private static final int LIMBS = 9;

    /** q - 2^252, which is above 2^124 and below 2^125. */
    private static final long[] REST = {0xCF5D3ED, 0x12631A5, 0x79CD658, 0xF9DEA2F, 0x14DE};

    private final long[] limbs;

    private Scalar(long[] limbs) {
        this.limbs = limbs;
    }

    /**
     * The residue of a number.
     *
     * @param bytes the number, little-endian, at most 64 bytes
     */
    static Scalar read(byte[] bytes) {
        return new Scalar(reduced(split(bytes)));
    }

    /**
     * Whether bytes are the least residue of a number.
     *
     * @param bytes 32 bytes, little-endian
     */
    static boolean isLeast(byte[] bytes) {
        return MessageDigest.isEqual(bytes, read(bytes).toBytes());
    }

    /** This plus the product of two others. */
    Scalar plusProduct(Scalar left, Scalar right) {
        long[] sums = new long[2 * LIMBS + 1];
        System.arraycopy(limbs, 0, sums, 0, LIMBS);
        for (int i = 0; i < LIMBS; i++) {
            for (int j = 0; j < LIMBS; j++) {
                sums[i + j] += left.limbs[i] * right.limbs[j];
            }
        }
        return new Scalar(reduced(sums));
    }

    /** The least residue in 32 bytes, little-endian. */
    byte[] toBytes() {
        byte[] bytes = new byte[BYTES];
        for (int bit = 0; bit < LIMBS * LIMB_BITS; bit += 4) {
            // Limbs have whole half bytes.
            long half = (limbs[bit / LIMB_BITS] >>> (bit % LIMB_BITS)) & 0xF;
            bytes[bit / 8] |= (byte) (half << (bit % 8));
        }
        // q is a little above 2^252: the topmost limb may have one bit more.
        bytes[BYTES - 1] |= (byte) ((limbs[LIMBS - 1] >>> LIMB_BITS) << 4);
        return bytes;
    }

    private static long[] split(byte[] bytes) {
        long[] limbs = new long[(bytes.length * 8 + LIMB_BITS - 1) / LIMB_BITS];
        for (int half = 0; half < 2 * bytes.length; half++) {
            long value = ((long) bytes[half / 2] >>> (4 * (half % 2))) & 0xF;
            limbs[4 * half / LIMB_BITS] |= value << (4 * half % LIMB_BITS);
        }
        return limbs;
    }

    /** Since 2^252 is -REST modulo q, what lies above 252 bits is taken off below, REST times; three times is enough. */
    private static long[] reduced(long[] number) {
        long[] rest = number;
        carry(rest);
        while (rest.length > LIMBS + 1) {
            rest = folded(rest);
        }
        rest = folded(rest);
        return brought(rest);
    }

    private static long[] folded(long[] number) {
        int above = Math.max(0, number.length - LIMBS);
        long[] folded = new long[Math.max(LIMBS + 1, above + REST.length)];
        System.arraycopy(number, 0, folded, 0, Math.min(LIMBS, number.length));
        for (int i = 0; i < above; i++) {
            for (int j = 0; j < REST.length; j++) {
                folded[i + j] -= number[LIMBS + i] * REST[j];
            }
        }
        carry(folded);
        return folded;
    }

    /** From between -q and 2q to the least residue: adds q where it is negative, and takes q off where it can. */
    private static long[] brought(long[] number) {
        long[] limbs = new long[LIMBS];
        System.arraycopy(number, 0, limbs, 0, LIMBS);
        limbs[LIMBS - 1] += number[LIMBS] << LIMB_BITS;
        addOrder(limbs, (limbs[LIMBS - 1] >> 63) & 1);
        long[] less = limbs.clone();
        addOrder(less, -1);
        long keep = less[LIMBS - 1] >> 63;
        for (int i = 0; i < LIMBS; i++) {
            limbs[i] = less[i] ^ (keep & (less[i] ^ limbs[i]));
        }
        return limbs;
    }

    /** Adds q some times; the last limb takes what is above. */
    private static void addOrder(long[] limbs, long times) {
        for (int i = 0; i < REST.length; i++) {
            limbs[i] += times * REST[i];
        }
        limbs[LIMBS - 1] += times << LIMB_BITS;
        carry(limbs);
    }

    /** All limbs but the last from 0 to 2^28 - 1; the last has the sign. */
    private static void carry(long[] limbs) {
        for (int i = 0; i + 1 < limbs.length; i++) {
            limbs[i + 1] += limbs[i] >> LIMB_BITS;
            limbs[i] &= MASK;
        }
    }
}
