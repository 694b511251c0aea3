// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.vrf;

import java.security.MessageDigest;

/**
 * An integer modulo p = 2^255 - 19, as five limbs of 51 bits, the least first. Immutable. No operation branches on a value
 * or looks one up, so that none tells by its time what it computed with.
 */
final class FieldElement {
    static final FieldElement ZERO = of(0);
    static final FieldElement ONE = of(1);
    static final int BYTES = 32;

    private static final int LIMBS = 5;
    private static final int LIMB_BITS = 51;
    private static final long MASK = (1L << LIMB_BITS) - 1;

    /** 2^255 is 19 modulo p. */
    private static final long FOLD = 19;

    /** Twice p, limb by limb, so that no limb of a difference is negative. */
    private static final long[] TWICE_P = {2 * (MASK - 18), 2 * MASK, 2 * MASK, 2 * MASK, 2 * MASK};

    /** Each at least 0 and little above 2^51. */
    private final long[] limbs;

    private FieldElement(long[] limbs) {
        this.limbs = limbs;
    }

    /** @param value at least 0 and below 2^51 */
    static FieldElement of(long value) {
        return new FieldElement(new long[] {value, 0, 0, 0, 0});
    }

    /**
     * Reads 255 bits, little-endian; the last byte's highest bit is left out.
     *
     * @param bytes 32 bytes
     */
    static FieldElement read(byte[] bytes) {
        long[] limbs = new long[LIMBS];
        for (int bit = 0; bit < LIMBS * LIMB_BITS; bit += 8) {
            long value = bytes[bit / 8] & 0xFF;
            if (bit == 248) {
                value &= 0x7F;
            }
            int limb = bit / LIMB_BITS;
            int shift = bit % LIMB_BITS;
            limbs[limb] |= (value << shift) & MASK;
            if (shift > LIMB_BITS - 8 && limb + 1 < LIMBS) {
                limbs[limb + 1] |= value >>> (LIMB_BITS - shift);
            }
        }
        return new FieldElement(limbs);
    }

    /** The least residue in 32 bytes, little-endian. */
    byte[] toBytes() {
        long[] least = limbs.clone();
        carry(least);
        carry(least);
        // Whether the value is p or more, found by adding 19 and looking whether that reaches 2^255.
        long above = (least[0] + FOLD) >> LIMB_BITS;
        for (int i = 1; i < LIMBS; i++) {
            above = (least[i] + above) >> LIMB_BITS;
        }
        least[0] += FOLD * above;
        for (int i = 0; i + 1 < LIMBS; i++) {
            least[i + 1] += least[i] >> LIMB_BITS;
            least[i] &= MASK;
        }
        least[LIMBS - 1] &= MASK;
        byte[] bytes = new byte[BYTES];
        for (int bit = 0; bit < BYTES * 8; bit += 8) {
            int limb = bit / LIMB_BITS;
            int shift = bit % LIMB_BITS;
            long value = least[limb] >>> shift;
            if (shift > LIMB_BITS - 8 && limb + 1 < LIMBS) {
                value |= least[limb + 1] << (LIMB_BITS - shift);
            }
            bytes[bit / 8] = (byte) value;
        }
        return bytes;
    }

    FieldElement plus(FieldElement other) {
        long[] sum = new long[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            sum[i] = limbs[i] + other.limbs[i];
        }
        carry(sum);
        return new FieldElement(sum);
    }

    FieldElement minus(FieldElement other) {
        long[] difference = new long[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            difference[i] = limbs[i] + TWICE_P[i] - other.limbs[i];
        }
        carry(difference);
        return new FieldElement(difference);
    }

    FieldElement times(FieldElement other) {
        long[] a = limbs;
        long[] b = other.limbs;
        long[] sums = new long[LIMBS + 1];
        for (int i = 0; i < LIMBS; i++) {
            // What lies 2^255 or more above comes back at the bottom, 19 times.
            for (int j = 0; j < LIMBS - i; j++) {
                add(sums, i + j, a[i], b[j]);
            }
            for (int j = LIMBS - i; j < LIMBS; j++) {
                add(sums, i + j - LIMBS, a[i], FOLD * b[j]);
            }
        }
        long[] product = {sums[0] + FOLD * sums[LIMBS], sums[1], sums[2], sums[3], sums[4]};
        carry(product);
        carry(product);
        return new FieldElement(product);
    }

    /** Adds a product below 2^112 in two parts, the lowest 51 bits and those above. */
    private static void add(long[] sums, int place, long left, long right) {
        sums[place] += (left * right) & MASK;
        // Shifted by 13 in all, so that what lies above 51 bits is the product's upper word.
        sums[place + 1] += Math.multiplyHigh(left << 6, right << 7);
    }

    FieldElement squared() {
        return times(this);
    }

    FieldElement negated() {
        return ZERO.minus(this);
    }

    /** The inverse, by Fermat: the power p - 2 = 2^255 - 21; 0 for 0. */
    FieldElement inverted() {
        FieldElement power11 = squared(3).times(squared()).times(this);
        return ones250().squared(5).times(power11);
    }

    /** The power (p - 5) / 8 = 2^252 - 3, of which square roots are made. */
    FieldElement rootPower() {
        return ones250().squared(2).times(this);
    }

    /** The power 2^250 - 1: its exponent is 250 ones, built by doubling their number. */
    private FieldElement ones250() {
        FieldElement ones2 = squared().times(this);
        FieldElement ones5 = ones2.squared(2).times(ones2).squared().times(this);
        FieldElement ones10 = ones5.squared(5).times(ones5);
        FieldElement ones20 = ones10.squared(10).times(ones10);
        FieldElement ones40 = ones20.squared(20).times(ones20);
        FieldElement ones50 = ones40.squared(10).times(ones10);
        FieldElement ones100 = ones50.squared(50).times(ones50);
        FieldElement ones200 = ones100.squared(100).times(ones100);
        return ones200.squared(50).times(ones50);
    }

    private FieldElement squared(int times) {
        FieldElement result = this;
        for (int i = 0; i < times; i++) {
            result = result.squared();
        }
        return result;
    }

    /** This, or the other where the choice is 1. */
    FieldElement orElse(FieldElement other, int choice) {
        long mask = -(long) choice;
        long[] chosen = new long[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            chosen[i] = limbs[i] ^ (mask & (limbs[i] ^ other.limbs[i]));
        }
        return new FieldElement(chosen);
    }

    /** Whether the least residue is odd. */
    boolean isOdd() {
        return (toBytes()[0] & 1) == 1;
    }

    boolean isZero() {
        return sameAs(ZERO);
    }

    boolean sameAs(FieldElement other) {
        return MessageDigest.isEqual(toBytes(), other.toBytes());
    }

    private static void carry(long[] limbs) {
        for (int i = 0; i + 1 < LIMBS; i++) {
            limbs[i + 1] += limbs[i] >> LIMB_BITS;
            limbs[i] &= MASK;
        }
        limbs[0] += FOLD * (limbs[LIMBS - 1] >> LIMB_BITS);
        limbs[LIMBS - 1] &= MASK;
    }
}
