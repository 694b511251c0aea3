// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VectorInstructionsTest {
    /** Flags as /proc/cpuinfo has them on CPUs of these families, without those that no kernel looks for. */
    @ParameterizedTest
    @CsvSource({
        "Sapphire Rapids, flags, sse2 sse4_1 avx f16c fma avx2 avx512f avx512dq avx512bw avx512vl avx_vnni avx512_bf16"
                + " avx512_vnni amx_bf16 amx_tile amx_int8, amx",
        "Cascade Lake, flags, sse2 sse4_1 avx f16c fma avx2 avx512f avx512dq avx512cd avx512bw avx512vl avx512_vnni,"
                + " avx512_vnni",
        "Skylake-X, flags, sse2 sse4_1 avx f16c fma avx2 avx512f avx512dq avx512cd avx512bw avx512vl, avx512",
        "Knights Landing, flags, sse2 sse4_1 avx f16c fma avx2 avx512f avx512pf avx512er avx512cd, avx512f",
        "Alder Lake, flags, sse2 sse4_1 avx f16c fma avx2 avx_vnni, avx_vnni",
        "Haswell and Zen 2, flags, sse2 sse4_1 avx f16c fma avx2, avx2",
        "Sandy Bridge, flags, sse2 sse4_1 avx, avx",
        "Penryn, flags, sse2 sse4_1, sse4_1",
        "Cortex-A72, Features, fp asimd evtstrm aes crc32, neon",
        "Neoverse N1, Features, fp asimd evtstrm aes atomics fphp asimdhp asimddp, neon+dotprod",
        "Neoverse V1, Features, fp asimd atomics asimdhp asimddp sve i8mm bf16, neon+i8mm",
        "POWER9, cpu, POWER9, ppc64le"
    })
    void shouldNameTheBestThatKernelsAreChosenFor(String cpu, String name, String flags, String level) {
        String cpuInfo = "processor\t: 0\nmodel name\t: " + cpu + "\n" + name + "\t\t: " + flags
                + "\nbugs\t\t: spectre_v1\n\nprocessor\t: 1\n" + name + "\t\t: " + flags + "\n";

        assertThat(VectorInstructions.of(cpuInfo, "ppc64le")).isEqualTo(level);
    }

    @Test
    void shouldNotTakePartOfANameForAFlag() {
        assertThat(VectorInstructions.of("flags : sse4_1 avx2_of_another fma", "amd64"))
                .isEqualTo("sse4_1");
    }

    @Test
    void shouldNameTheArchitectureWhereTheSystemListsNothing() {
        assertThat(VectorInstructions.of("", "aarch64")).isEqualTo("aarch64");
    }
}
