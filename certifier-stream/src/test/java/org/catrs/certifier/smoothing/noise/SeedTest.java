// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SeedTest {
    @Test
    void shouldReadWhatItWrites() {
        Seed seed = Seed.parse("00f1e2d3c4b5a69788796a5b4c3d2e1f");

        assertThat(seed.high()).isEqualTo(0x00f1e2d3c4b5a697L);
        assertThat(seed.low()).isEqualTo(0x88796a5b4c3d2e1fL);
        assertThat(seed).hasToString("00f1e2d3c4b5a69788796a5b4c3d2e1f");
    }

    @Test
    void shouldBeAnotherEachTime() {
        assertThat(Seed.random()).isNotEqualTo(Seed.random());
    }

    @Test
    void shouldRefuseAnythingButHexDigitsOf16Bytes() {
        assertThatThrownBy(() -> Seed.parse("00f1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32 hex digits");
        assertThatThrownBy(() -> Seed.parse("zzf1e2d3c4b5a69788796a5b4c3d2e1f"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
