// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.vrf;

import java.util.Arrays;
import java.util.Optional;

/**
 * A point of the curve edwards25519, -x^2 + y^2 = 1 + d x^2 y^2 (RFC 8032, section 5.1), in extended coordinates: x = X / Z,
 * y = Y / Z, T = XY / Z. Immutable. Multiplication takes the same steps for all numbers.
 */
final class EdwardsPoint {
    static final int BYTES = 32;

    private static final FieldElement D =
            FieldElement.of(121_665).negated().times(FieldElement.of(121_666).inverted());
    private static final FieldElement TWICE_D = D.plus(D);

    /** The power (p - 1) / 4 of 2, which is 2 to (2^252 - 3) twice, times 2: (p - 1) / 4 = 2 (2^252 - 3) + 1. */
    private static final FieldElement ROOT_OF_MINUS_ONE =
            FieldElement.of(2).rootPower().squared().times(FieldElement.of(2));

    private static final EdwardsPoint NEUTRAL =
            new EdwardsPoint(FieldElement.ZERO, FieldElement.ONE, FieldElement.ONE, FieldElement.ZERO);

    /** The point whose y is 4/5 and whose x is even. */
    static final EdwardsPoint BASE = decode(
                    FieldElement.of(4).times(FieldElement.of(5).inverted()).toBytes())
            .orElseThrow();

    private static final int WINDOW_BITS = 4;

    private final FieldElement x;
    private final FieldElement y;
    private final FieldElement z;
    private final FieldElement t;

    private EdwardsPoint(FieldElement x, FieldElement y, FieldElement z, FieldElement t) {
        this.x = x;
        this.y = y;
        this.z = z;
        this.t = t;
    }

    /**
     * Reads a point as RFC 8032, section 5.1.3, does: y, and the oddness of x in the highest bit. Takes time by the bytes,
     * which are no secret.
     *
     * @param bytes 32 bytes
     * @return empty when they are of no point, or y is not the least residue
     */
    static Optional<EdwardsPoint> decode(byte[] bytes) {
        FieldElement y = FieldElement.read(bytes);
        boolean odd = bytes[BYTES - 1] < 0;
        byte[] least = y.toBytes();
        least[BYTES - 1] |= (byte) (odd ? 0x80 : 0);
        if (!Arrays.equals(least, bytes)) {
            return Optional.empty();
        }
        FieldElement square = y.squared();
        FieldElement above = square.minus(FieldElement.ONE);
        FieldElement below = D.times(square).plus(FieldElement.ONE);
        // x^2 = above / below; (above below^3) (above below^7)^((p - 5) / 8) is a root of it or of its negative.
        FieldElement cube = below.squared().times(below);
        FieldElement seventh = cube.squared().times(below);
        FieldElement x = above.times(cube).times(above.times(seventh).rootPower());
        FieldElement found = below.times(x.squared());
        if (!found.sameAs(above)) {
            if (!found.sameAs(above.negated())) {
                return Optional.empty();
            }
            x = x.times(ROOT_OF_MINUS_ONE);
        }
        if (x.isZero() && odd) {
            return Optional.empty();
        }
        FieldElement signed = x.isOdd() == odd ? x : x.negated();
        return Optional.of(new EdwardsPoint(signed, y, FieldElement.ONE, signed.times(y)));
    }

    /** The point in 32 bytes, as {@link #decode} reads it. */
    byte[] encode() {
        FieldElement inverse = z.inverted();
        byte[] bytes = y.times(inverse).toBytes();
        int odd = x.times(inverse).toBytes()[0] & 1;
        bytes[BYTES - 1] |= (byte) (odd << 7);
        return bytes;
    }

    /** The sum by the one formula that holds for all pairs of points, equal ones too (Hisil et al. 2008, section 3.1). */
    EdwardsPoint plus(EdwardsPoint other) {
        FieldElement a = y.minus(x).times(other.y.minus(other.x));
        FieldElement b = y.plus(x).times(other.y.plus(other.x));
        FieldElement c = t.times(TWICE_D).times(other.t);
        FieldElement half = z.times(other.z);
        FieldElement d = half.plus(half);
        FieldElement e = b.minus(a);
        FieldElement f = d.minus(c);
        FieldElement g = d.plus(c);
        FieldElement h = b.plus(a);
        return new EdwardsPoint(e.times(f), g.times(h), f.times(g), e.times(h));
    }

    EdwardsPoint minus(EdwardsPoint other) {
        return plus(new EdwardsPoint(other.x.negated(), other.y, other.z, other.t.negated()));
    }

    /**
     * A multiple of this point.
     *
     * @param number little-endian
     */
    EdwardsPoint times(byte[] number) {
        EdwardsPoint[] multiples = new EdwardsPoint[1 << WINDOW_BITS];
        multiples[0] = NEUTRAL;
        for (int i = 1; i < multiples.length; i++) {
            multiples[i] = multiples[i - 1].plus(this);
        }
        EdwardsPoint result = NEUTRAL;
        for (int half = 2 * number.length - 1; half >= 0; half--) {
            for (int i = 0; i < WINDOW_BITS; i++) {
                result = result.plus(result);
            }
            int digit = (number[half / 2] >>> (WINDOW_BITS * (half % 2))) & 0xF;
            result = result.plus(chosen(multiples, digit));
        }
        return result;
    }

    /** One of the points, found by a look at all of them. */
    private static EdwardsPoint chosen(EdwardsPoint[] points, int index) {
        EdwardsPoint chosen = points[0];
        for (int i = 1; i < points.length; i++) {
            // 1 where the two are equal, which leaves no bit set.
            chosen = chosen.orElse(points[i], ((i ^ index) - 1) >>> 31);
        }
        return chosen;
    }

    private EdwardsPoint orElse(EdwardsPoint other, int choice) {
        return new EdwardsPoint(
                x.orElse(other.x, choice),
                y.orElse(other.y, choice),
                z.orElse(other.z, choice),
                t.orElse(other.t, choice));
    }

    /** Eight times this point, which is in the large subgroup. */
    EdwardsPoint timesCofactor() {
        EdwardsPoint twice = plus(this);
        EdwardsPoint fourTimes = twice.plus(twice);
        return fourTimes.plus(fourTimes);
    }

    boolean isNeutral() {
        return x.isZero() && y.sameAs(z);
    }
}
