// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.catrs.local.broker.EmbeddedBroker;
import org.catrs.schemas.event.TrainingStatus;
import org.catrs.schemas.event.TrainingStatus.State;
import org.catrs.tests.ForkPorts;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instances come and go while one of them works at a job that takes long. */
@Tag("faults")
final class HandOverTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int ENDLESS = 100_000;

    @Test
    void shouldLeaveAJobWhereItRunsUntilThatInstanceIsStopped(@TempDir Path work)
            throws IOException, InterruptedException {
        TrainerSetup setup = new TrainerSetup(work);
        try (EmbeddedBroker broker = EmbeddedBroker.start(work.resolve("broker"), ForkPorts.free());
                JobTopics topics = new JobTopics(broker.bootstrapServers())) {
            Map<String, String> settings = setup.settings(broker.bootstrapServers(), setup.folderStore());
            TrainerProcess first = TrainerProcess.start(work, settings, Map.of());
            topics.order(JobTopics.job("long", "long", ENDLESS));
            topics.await("long", State.RUNNING);

            try (TrainerProcess second = TrainerProcess.start(work, settings, Map.of())) {
                await("the second instance has partitions")
                        .atMost(LIMIT)
                        .until(() -> second.get("/health/ready").body().contains("WAITING"));
                double joined = epoch(topics);
                topics.await("long", status -> status.epoch() != null && status.epoch() > joined + 2);
                assertThat(topics.statuses("long"))
                        .as("begins while the second instance joined")
                        .filteredOn(HandOverTest::isBegin)
                        .hasSize(1);

                first.close();
                await("the second instance goes on").atMost(LIMIT).until(() -> begins(topics) == 2);
                assertThat(topics.statuses("long"))
                        .filteredOn(HandOverTest::isBegin)
                        .last()
                        .satisfies(begin -> assertThat(begin.epoch()).isGreaterThan(joined));

                topics.cancel("long");
                topics.await("long", State.CANCELLED);
                assertThat(topics.releases("long")).isEmpty();
            }
        }
    }

    private static long begins(JobTopics topics) {
        return topics.statuses("long").stream().filter(HandOverTest::isBegin).count();
    }

    private static boolean isBegin(TrainingStatus status) {
        return status.state() == State.RUNNING && status.losses().isEmpty();
    }

    private static double epoch(JobTopics topics) {
        List<TrainingStatus> all = topics.statuses("long");
        Double epoch = all.get(all.size() - 1).epoch();
        return epoch == null ? 0 : epoch;
    }
}
