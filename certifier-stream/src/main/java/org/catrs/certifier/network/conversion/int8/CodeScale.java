// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.conversion.int8;

/**
 * How a value's numbers are written in 8 bits: a code c from 0 to 255 stands for scale (c - zeroPoint).
 *
 * @param scale above 0
 * @param zeroPoint the code of 0, from 0 to 255
 */
record CodeScale(float scale, int zeroPoint) {
    private static final int LARGEST = 255;
    /** Bits of a float below the seven of its mantissa that scales keep. */
    private static final int DROPPED = 0xFFFF;

    /** The codes that reach over a range and over 0. */
    static CodeScale over(ValueRange range) {
        float smallest = Math.min(0, range.smallest());
        float largest = Math.max(0, range.largest());
        float scale = coarse((largest - smallest) / LARGEST);
        return new CodeScale(scale, Math.min(LARGEST, Math.round(-smallest / scale)));
    }

    /**
     * Rounds up to seven bits of mantissa, so that ranges which differ in their last bits, as another machine measures
     * them, give the same network.
     */
    static float coarse(float scale) {
        float rounded = Float.intBitsToFloat((Float.floatToIntBits(scale) + DROPPED) & ~DROPPED);
        return Math.max(rounded, Float.MIN_NORMAL);
    }

    /** The code of a number, as ONNX's QuantizeLinear gives it: rounded half to even. */
    int of(float number) {
        return Math.max(0, Math.min(LARGEST, (int) Math.rint(number / scale) + zeroPoint));
    }
}
