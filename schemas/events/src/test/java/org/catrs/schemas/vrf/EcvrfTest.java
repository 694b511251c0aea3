// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.vrf;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EcvrfTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] SECRET =
            HEX.parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    private static final byte[] KEY = HEX.parseHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    private static final byte[] INPUT = {1, 2, 3};

    /** q, from RFC 8032, section 5.1. */
    private static final BigInteger ORDER =
            BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

    @ParameterizedTest
    @CsvFileSource(resources = "rfc9381.tsv", delimiter = '\t')
    void shouldProveAndVerifyAsTheRfcDoes(String secret, String key, String input, String proof, String output) {
        byte[] alpha = input == null ? new byte[0] : HEX.parseHex(input);
        byte[] found = Ecvrf.prove(HEX.parseHex(secret), HEX.parseHex(key), alpha);
        assertThat(HEX.formatHex(found)).isEqualTo(proof);
        assertThat(HEX.formatHex(Ecvrf.output(found))).isEqualTo(output);
        assertThat(Ecvrf.verify(HEX.parseHex(key), alpha, found).map(HEX::formatHex))
                .contains(output);
    }

    @Test
    void shouldRefuseAProofWithAnyBitOfItChanged() {
        byte[] proof = Ecvrf.prove(SECRET, KEY, INPUT);
        for (int bit = 0; bit < 8 * proof.length; bit++) {
            byte[] other = proof.clone();
            other[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(Ecvrf.verify(KEY, INPUT, other)).as("bit %d", bit).isEmpty();
        }
    }

    @Test
    void shouldRefuseTheProofOfAnotherInputOrKey() {
        byte[] proof = Ecvrf.prove(SECRET, KEY, INPUT);
        assertThat(Ecvrf.verify(KEY, new byte[] {1, 2, 4}, proof)).isEmpty();
        byte[] other = HEX.parseHex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
        assertThat(Ecvrf.verify(other, INPUT, proof)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 79, 81})
    void shouldRefuseAProofOfAnotherLength(int length) {
        assertThat(Ecvrf.verify(KEY, INPUT, Arrays.copyOf(Ecvrf.prove(SECRET, KEY, INPUT), length)))
                .isEmpty();
    }

    /** The eight points of low order, as libsodium's ge25519_has_small_order lists them, some in a form that is none. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
            })
    void shouldRefuseAKeyThatCouldHaveSeveralOutputs(String key) {
        assertThat(Ecvrf.verify(HEX.parseHex(key), INPUT, Ecvrf.prove(SECRET, KEY, INPUT)))
                .isEmpty();
    }

    /** RFC 9381, section 5.3: s is checked to be below q, or a proof could be written in two ways. */
    @Test
    void shouldRefuseAnAnswerThatIsNotTheLeast() {
        byte[] proof = Ecvrf.prove(SECRET, KEY, INPUT);
        BigInteger answer = number(Arrays.copyOfRange(proof, 48, 80)).add(ORDER);
        assertThat(answer.bitLength()).isLessThanOrEqualTo(256);
        System.arraycopy(bytes(answer), 0, proof, 48, 32);
        assertThat(Ecvrf.verify(KEY, INPUT, proof)).isEmpty();
    }

    static BigInteger number(byte[] little) {
        byte[] big = new byte[little.length];
        for (int i = 0; i < big.length; i++) {
            big[i] = little[little.length - 1 - i];
        }
        return new BigInteger(1, big);
    }

    static byte[] bytes(BigInteger number) {
        byte[] little = new byte[32];
        for (int i = 0; i < little.length; i++) {
            little[i] = number.shiftRight(8 * i).byteValue();
        }
        return little;
    }
}
