// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tests/soak does for hours, for as long as it takes to see that models leave the memory. */
final class SoakTest {
    private static final long ROUNDS = 200;

    @Test
    void shouldHoldNoMoreAfterManyModels(@TempDir Path work) {
        try (Soak soak = new Soak(work)) {
            for (long round = 1; round <= Soak.SETTLED; round++) {
                soak.round();
            }
            Held settled = soak.sample().held();
            for (long round = Soak.SETTLED + 1; round <= ROUNDS; round++) {
                soak.round();
            }
            Soak.Sample last = soak.sample();
            System.out.println(settled + " after " + Soak.SETTLED + " models, " + last);
            last.held().requireNoGrowthSince(settled, ROUNDS - Soak.SETTLED);
            soak.requireAllAnswered();
        }
    }

    @Test
    void shouldGoOnWithATableThatWasCutOff(@TempDir Path work) throws IOException {
        Path file = work.resolve("soak.tsv");
        Soak.Sample sample = new Soak.Sample(500, 499, 100, 2, new Held(300L << 20, 60, 210), 120L << 20, 1);
        try (SoakTable table = SoakTable.open(file)) {
            assertThat(table.lasted()).isZero();
            table.add(Duration.ofSeconds(30), sample);
        }
        Files.writeString(file, Files.readString(file) + "4");

        try (SoakTable table = SoakTable.open(file)) {
            assertThat(table.lasted()).isEqualTo(Duration.ofSeconds(30));
            table.add(Duration.ofSeconds(60), sample);
        }

        assertThat(file)
                .hasContent(
                        "seconds\timages\tanswers\tmodels\tkills\tmemory_mib\toutside_heap_mib\tthreads\thandles\tlag\n"
                                + "30\t500\t499\t100\t2\t300\t180\t60\t210\t1\n"
                                + "60\t500\t499\t100\t2\t300\t180\t60\t210\t1\n");

        Path plot = work.resolve("soak.svg");
        SoakPlot.write(SoakTable.Columns.of(file), plot);
        assertThat(plot).content().contains("<svg");
    }
}
