// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The vector instructions of a CPU from which ONNX Runtime chooses its kernels. Other kernels add in another order, so that
 * the last bits of logits, and with them the votes of near-ties, may differ between machines that have the same engine.
 */
public final class VectorInstructions {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    /** From the best on: what ONNX Runtime looks for. */
    private static final List<Level> LEVELS = List.of(
            new Level("amx", "avx512f", "avx512bw", "avx512dq", "avx512vl", "avx512_vnni", "amx_tile", "amx_int8"),
            new Level("avx512_vnni", "avx512f", "avx512bw", "avx512dq", "avx512vl", "avx512_vnni"),
            new Level("avx512", "avx512f", "avx512bw", "avx512dq", "avx512vl"),
            new Level("avx512f", "avx512f"),
            new Level("avx_vnni", "avx2", "fma", "avx_vnni"),
            new Level("avx2", "avx2", "fma"),
            new Level("avx", "avx"),
            new Level("sse4_1", "sse4_1"),
            new Level("sse2", "sse2"),
            new Level("neon+sme2", "asimd", "sme2"),
            new Level("neon+sme", "asimd", "sme"),
            new Level("neon+i8mm", "asimd", "asimddp", "i8mm"),
            new Level("neon+dotprod", "asimd", "asimddp"),
            new Level("neon", "asimd"));

    private VectorInstructions() {}

    /** Those of this machine's CPU, such as {@code avx2}; the architecture's name where the system does not list them. */
    public static String ofThisMachine() {
        return Here.NAME;
    }

    /**
     * Reads what Linux says of a CPU.
     *
     * @param cpuInfo text of {@code /proc/cpuinfo}
     * @param architecture the answer where no level is known there
     */
    static String of(String cpuInfo, String architecture) {
        Set<String> flags = cpuInfo.lines()
                .map(line -> line.split(":", 2))
                .filter(line -> line.length == 2 && List.of("flags", "Features").contains(line[0].strip()))
                .findFirst()
                .map(line -> new HashSet<>(Arrays.asList(line[1].strip().split("\\s+"))))
                .orElseGet(HashSet::new);
        return LEVELS.stream()
                .filter(level -> flags.containsAll(level.flags()))
                .map(Level::name)
                .findFirst()
                .orElse(architecture);
    }

    /** @param flags as Linux names them, all of which a CPU has */
    private record Level(String name, List<String> flags) {
        Level(String name, String... flags) {
            this(name, List.of(flags));
        }
    }

    /** Read once: a CPU stays what it is. */
    private static final class Here {
        static final String NAME = read();

        private static String read() {
            String architecture = System.getProperty("os.arch");
            try {
                return of(Files.readString(CPU_INFO, StandardCharsets.ISO_8859_1), architecture);
            } catch (IOException notLinux) {
                return architecture;
            }
        }
    }
}
