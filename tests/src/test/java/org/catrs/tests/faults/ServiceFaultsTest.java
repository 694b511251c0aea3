// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.catrs.tests.faults.FaultTable.Outcome;
import org.catrs.tests.stream.CertifierProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Certifiers that are killed, frozen, started and stopped while images come, and machines that are unwell. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ServiceFaultsTest {
    private Cluster cluster;

    @BeforeAll
    void start(@TempDir Path work) {
        cluster = Cluster.start(work, 1);
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @Test
    @Tag("faults")
    @Tag("long")
    void shouldLoseAndRepeatNothingThoughItIsKilledTenTimes(@TempDir Path work) {
        try (FaultCase fault = new FaultCase(work, cluster, "killed", 1)) {
            Duration recovery = Duration.ZERO;
            StringBuilder log = new StringBuilder();
            try (Load load = fault.steadyLoad()) {
                CertifierProcess certifier = fault.certifier();
                for (int kill = 0; kill < 10; kill++) {
                    fault.awaitAnswers(5);
                    FaultCase.pass(Duration.ofMillis(ThreadLocalRandom.current().nextInt(2_000)));
                    certifier.killForcibly();
                    log.append(certifier.log());
                    certifier = fault.launch(Map.of(), Map.of());
                    Duration next = fault.untilAnswered();
                    recovery = next.compareTo(recovery) > 0 ? next : recovery;
                }
                certifier.close();
                log.append(certifier.log());
            }
            try (CertifierProcess last = fault.certifier()) {
                check(FaultTable.add("killed ten times", fault.topics(), 0, recovery, log + last.log()));
            }
        }
    }

    @Test
    @Tag("faults")
    @Tag("long")
    void shouldLoseAndRepeatNothingThoughOneOfTwoIsFrozenForLongerThanItsSession(@TempDir Path work) {
        try (FaultCase fault = new FaultCase(work, cluster, "frozen", 1);
                CertifierProcess first = fault.certifier();
                CertifierProcess second = fault.certifier()) {
            fault.topics().awaitMembers(4);
            Duration recovery;
            try (Load load = fault.steadyLoad()) {
                fault.awaitAnswers(20);
                FaultCase.signal(first, "STOP");
                FaultCase.pass(FaultCase.SESSION.multipliedBy(2));
                FaultCase.signal(first, "CONT");
                recovery = fault.untilAnswered();
                fault.awaitAnswers(100);
            }
            check(FaultTable.add(
                    "one of two frozen for 20 s, and awake again",
                    fault.topics(),
                    0,
                    recovery,
                    first.log() + second.log()));
            first.awaitReady();
        }
    }

    @Test
    @Tag("faults")
    @Tag("long")
    void shouldLoseAndRepeatNothingThoughInstancesJoinAndLeaveUnderLoad(@TempDir Path work) {
        try (FaultCase fault = new FaultCase(work, cluster, "scaled", 1);
                CertifierProcess first = fault.certifier()) {
            Duration recovery;
            StringBuilder log = new StringBuilder();
            try (Load load = fault.steadyLoad()) {
                fault.awaitAnswers(20);
                CertifierProcess second = fault.certifier();
                fault.awaitAnswers(50);
                CertifierProcess third = fault.certifier();
                fault.awaitAnswers(50);
                second.close();
                recovery = fault.untilAnswered();
                fault.awaitAnswers(50);
                third.close();
                fault.awaitAnswers(50);
                log.append(second.log()).append(third.log());
            }
            check(FaultTable.add(
                    "a second and a third instance join and leave", fault.topics(), 0, recovery, first.log() + log));
        }
    }

    /** A file system of a few pages, which fills up. Root may make one; who may not, sees that this did not run. */
    @Test
    @Tag("faults")
    void shouldGoOnThoughTheDiskOfItsStateIsFull(@TempDir Path work) throws Exception {
        Path full = Files.createDirectories(work.resolve("full"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=64k", "none", full.toString()) == 0, "mount needs root");
        try (FaultCase fault = new FaultCase(work, cluster, "disk", 1)) {
            try (CertifierProcess certifier =
                    fault.certifier(Map.of("state.dir", full.resolve("state").toString()), Map.of())) {
                // A start on a full disk is refused: StreamPlan looks.
                fill(full.resolve("fills-it"));
                long begin = System.nanoTime();
                fault.load(100);
                check(FaultTable.add(
                        "disk of the state full", fault.topics(), 0, fault.untilIdle(begin), certifier.log()));
            }
        } finally {
            assertThat(run("umount", full.toString())).isZero();
        }
    }

    private static void fill(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            assertThatThrownBy(() -> {
                        while (true) {
                            out.write(new byte[4_096]);
                        }
                    })
                    .hasMessageContaining("No space left");
        }
    }

    private static int run(String... command) {
        try {
            return new ProcessBuilder(command).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void check(Outcome outcome) {
        assertThat(outcome.lost()).isZero();
        assertThat(outcome.repeated()).isZero();
    }
}
