// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.catrs.tests.faults.FaultTable.Outcome;
import org.catrs.tests.stream.CertifierProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Brokers that go away and come back while images come. */
final class BrokerFaultsTest {
    @Test
    @Tag("faults")
    void shouldSayThatTheNetworkIsCutAndGoOnWhenItIsWhole(@TempDir Path work) {
        try (Cluster cluster = Cluster.start(work, 1);
                FaultCase fault = new FaultCase(work, cluster, "network", 1);
                CertifierProcess certifier = fault.certifier()) {
            Duration recovery;
            try (Load load = fault.steadyLoad()) {
                fault.awaitAnswers(20);
                cluster.cut();
                FaultCase.awaitNotReady(certifier, "the brokers have not been reached for");
                FaultCase.pass(FaultCase.SESSION);
                cluster.heal();
                recovery = fault.untilAnswered();
                fault.awaitAnswers(50);
            }
            check(FaultTable.add("network cut for 20 s", fault.topics(), 0, recovery, certifier.log()));
            certifier.awaitReady();
            assertThat(certifier.log())
                    .contains("images are not answered: the brokers have not been reached for")
                    .contains("images are answered again after");
            assertThat(certifier.log()).doesNotContain("an error stops the service");
            assertThat(kafkasLines(certifier)).as("lines of Kafka's clients").isLessThan(100);
        }
    }

    @Test
    @Tag("faults")
    @Tag("long")
    void shouldGoOnAfterABrokerWasKilledAndAwayForAMinute(@TempDir Path work) {
        try (Cluster cluster = Cluster.start(work, 1);
                FaultCase fault = new FaultCase(work, cluster, "outage", 1);
                CertifierProcess certifier = fault.certifier()) {
            Duration recovery;
            try (Load load = fault.steadyLoad()) {
                fault.awaitAnswers(20);
                cluster.kill(0);
                FaultCase.awaitNotReady(certifier, "the brokers have not been reached for");
                FaultCase.pass(Duration.ofSeconds(50));
                cluster.restart(0);
                recovery = fault.untilAnswered();
                fault.awaitAnswers(50);
            }
            check(FaultTable.add("broker killed and away for 60 s", fault.topics(), 0, recovery, certifier.log()));
            certifier.awaitReady();
            assertThat(kafkasLines(certifier)).as("lines of Kafka's clients").isLessThan(100);
        }
    }

    @Test
    @Tag("faults")
    @Tag("long")
    void shouldGoOnWithoutOneOfThreeBrokers(@TempDir Path work) {
        try (Cluster cluster = Cluster.start(work, 3);
                FaultCase fault = new FaultCase(work, cluster, "three", 3);
                CertifierProcess certifier = fault.certifier()) {
            Duration recovery = Duration.ZERO;
            try (Load load = fault.steadyLoad()) {
                for (int broker = 0; broker < 3; broker++) {
                    fault.awaitAnswers(20);
                    cluster.kill(broker);
                    Duration next = fault.untilAnswered();
                    recovery = next.compareTo(recovery) > 0 ? next : recovery;
                    fault.awaitAnswers(50);
                    cluster.restart(broker);
                }
            }
            check(FaultTable.add("each of three brokers killed in turn", fault.topics(), 0, recovery, certifier.log()));
        }
    }

    private static void check(Outcome outcome) {
        assertThat(outcome.lost()).isZero();
        assertThat(outcome.repeated()).isZero();
    }

    private static long kafkasLines(CertifierProcess certifier) {
        return certifier
                .log()
                .lines()
                .filter(line -> line.contains("\"loggerName\":\"org.apache.kafka"))
                .count();
    }
}
