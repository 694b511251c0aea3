// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class KeystreamTest {
    private static final Seed SEED = Seed.parse("000102030405060708090a0b0c0d0e0f");

    @Test
    void shouldEncryptThePhaseTheSampleAndTheBlock() {
        Keystream keystream = new Keystream(SEED, Phase.ESTIMATION);

        keystream.seek(0x02030405060708L);

        // printf 0102030405060708000000000000000001020304050607080000000000000001 | xxd -r -p |
        // openssl enc -aes-128-ecb -K 000102030405060708090a0b0c0d0e0f -nopad | xxd -p
        assertThat(hex(keystream, 32)).isEqualTo("18ba69bb4661fee5a7cc9ec1a731e278cf91ad9eddf9ce645b515e2382d1c8cc");
    }

    @Test
    void shouldGoOnWhereTheLastReadEnded() {
        Keystream keystream = new Keystream(SEED, Phase.SELECTION);
        keystream.seek(7);
        String whole = hex(keystream, 100);

        keystream.seek(7);

        assertThat(hex(keystream, 3) + hex(keystream, 0) + hex(keystream, 60) + hex(keystream, 37))
                .isEqualTo(whole);
    }

    @Test
    void shouldRefuseASampleThatTheCounterDoesNotHold() {
        Keystream keystream = new Keystream(SEED, Phase.SELECTION);

        assertThatThrownBy(() -> keystream.seek(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> keystream.seek(1L << 56))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("72057594037927936");
    }

    @Test
    void shouldRefuseAReadThatTheTargetDoesNotHold() {
        Keystream keystream = new Keystream(SEED, Phase.SELECTION);
        keystream.seek(0);

        assertThatThrownBy(() -> keystream.read(new byte[3], 4)).isInstanceOf(IllegalStateException.class);
    }

    private static String hex(Keystream keystream, int length) {
        byte[] bytes = new byte[length];
        keystream.read(bytes, length);
        return HexFormat.of().formatHex(bytes);
    }
}
