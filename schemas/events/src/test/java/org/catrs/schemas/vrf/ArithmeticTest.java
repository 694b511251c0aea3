// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.vrf;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Holds limbs against {@link BigInteger}. */
final class ArithmeticTest {
    private static final BigInteger P = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger ORDER =
            BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

    @Test
    void shouldComputeModuloPAsBigIntegersDo() {
        List<BigInteger> numbers = numbers(P, 255);
        for (BigInteger a : numbers) {
            for (BigInteger b : numbers) {
                FieldElement left = FieldElement.read(EcvrfTest.bytes(a));
                FieldElement right = FieldElement.read(EcvrfTest.bytes(b));
                assertEqual(left.plus(right), a.add(b));
                assertEqual(left.minus(right), a.subtract(b));
                assertEqual(left.times(right), a.multiply(b));
                // Unreduced limbs go in, too.
                assertEqual(left.plus(right).minus(left).times(left.plus(left)), b.multiply(a.add(a)));
            }
        }
    }

    @Test
    void shouldInvertModuloP() {
        for (BigInteger number : numbers(P, 255)) {
            BigInteger inverse = number.mod(P).signum() == 0 ? BigInteger.ZERO : number.modInverse(P);
            assertEqual(FieldElement.read(EcvrfTest.bytes(number)).inverted(), inverse);
        }
    }

    @Test
    void shouldReduceModuloTheOrder() {
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[64];
            random.nextBytes(bytes);
            if (i % 4 == 0) {
                Arrays.fill(bytes, random.nextInt(65), 64, (byte) (i % 8 == 0 ? 0xFF : 0));
            }
            assertThat(EcvrfTest.number(Scalar.read(bytes).toBytes()))
                    .isEqualTo(EcvrfTest.number(bytes).mod(ORDER));
        }
    }

    @Test
    void shouldMultiplyAndAddModuloTheOrder() {
        List<BigInteger> numbers = numbers(ORDER, 256);
        for (BigInteger a : numbers) {
            for (BigInteger b : numbers) {
                Scalar sum = Scalar.read(EcvrfTest.bytes(a))
                        .plusProduct(Scalar.read(EcvrfTest.bytes(b)), Scalar.read(EcvrfTest.bytes(a)));
                assertThat(EcvrfTest.number(sum.toBytes()))
                        .isEqualTo(a.add(a.multiply(b)).mod(ORDER));
            }
        }
    }

    @Test
    void shouldKnowTheLeastResidue() {
        assertThat(Scalar.isLeast(EcvrfTest.bytes(ORDER.subtract(BigInteger.ONE))))
                .isTrue();
        assertThat(Scalar.isLeast(EcvrfTest.bytes(ORDER))).isFalse();
    }

    @Test
    void shouldComeBackToNothingAfterOrderManySteps() {
        EdwardsPoint last = EdwardsPoint.BASE.times(EcvrfTest.bytes(ORDER.subtract(BigInteger.ONE)));
        assertThat(last.plus(EdwardsPoint.BASE).isNeutral()).isTrue();
        assertThat(last.isNeutral()).isFalse();
    }

    private static void assertEqual(FieldElement found, BigInteger expected) {
        assertThat(EcvrfTest.number(found.toBytes())).isEqualTo(expected.mod(P));
    }

    /** The ends of the range, numbers around the modulus, and some of all others. */
    private static List<BigInteger> numbers(BigInteger modulus, int bits) {
        Random random = new Random(2);
        List<BigInteger> numbers = new ArrayList<>(List.of(
                BigInteger.ZERO,
                BigInteger.ONE,
                modulus.subtract(BigInteger.ONE),
                modulus,
                modulus.add(BigInteger.ONE),
                BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE)));
        for (int i = 0; i < 40; i++) {
            numbers.add(new BigInteger(bits, random));
        }
        return numbers;
    }
}
