// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.catrs.local.broker.EmbeddedBroker;
import org.catrs.schemas.event.CertificationRates;
import org.catrs.schemas.event.ShiftEvent;
import org.catrs.schemas.event.ShiftEvent.Measure;
import org.catrs.schemas.serde.EventSerdes;
import org.catrs.schemas.topic.Topics;
import org.catrs.tests.ForkPorts;
import org.catrs.tests.Metrics;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rates and shifts of a service that is killed once between its baseline and the shift. */
@Tag("slow")
final class RatesStreamTest {
    private static final int BASELINE = 100;
    private static final int SHIFTED = 100;

    /** A killed instance's transaction ends by itself after 10 seconds; a minute is told at most 10 seconds after its end. */
    private static final Duration LIMIT = Duration.ofSeconds(150);

    @Test
    void shouldTellAShiftFromABaselineThatOutlivesAKill(@TempDir Path work) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(work.resolve("broker"), ForkPorts.free());
                ImageProducer producer = new ImageProducer(broker.bootstrapServers())) {
            Map<String, String> settings = Map.of("shifts.baseline.images", "" + BASELINE, "n", "200");
            try (CertifierProcess first = CertifierProcess.start(work, broker.bootstrapServers(), settings)) {
                for (int i = 0; i < BASELINE; i++) {
                    producer.sendPng("clean-" + i, TestImages.png(i % 2 == 0 ? 25 : 230));
                }
                producer.sendPng("damaged", new byte[] {1});
                producer.flush();
                awaitRates(broker, BASELINE + 1);
                assertThat(Metrics.parse(first.get("/metrics").body()).sum("catrs_shift"))
                        .isZero();
                first.handle().destroyForcibly();
            }
            try (CertifierProcess second = CertifierProcess.start(work, broker.bootstrapServers(), settings)) {
                for (int i = 0; i < SHIFTED; i++) {
                    producer.sendPng("bright-" + i, TestImages.png(230));
                }
                producer.flush();
                ShiftEvent shift = awaitShift(broker);
                assertThat(shift.measure()).isEqualTo(Measure.LABELS);
                assertThat(shift.model()).isEqualTo("brightness");
                assertThat(shift.baselineImages()).isEqualTo(BASELINE);
                assertThat(shift.baseline()).isEqualTo(0.5);
                assertThat(Metrics.parse(second.get("/metrics").body()).sum("catrs_shifts_begun_total"))
                        .isGreaterThanOrEqualTo(1);
                awaitRates(broker, BASELINE + 1 + SHIFTED);
            }
        }
    }

    /** Every image is in one minute's record, and in no other's. */
    private static void awaitRates(EmbeddedBroker broker, long images) throws Exception {
        try (CommittedRecords records = new CommittedRecords(broker.bootstrapServers(), Topics.CERTIFICATION_RATES);
                Deserializer<CertificationRates> reader = EventSerdes.deserializer(CertificationRates.class, null)) {
            List<ConsumerRecord<String, byte[]>> told = records.pollUntil(
                    LIMIT,
                    all -> all.stream()
                                    .map(rates -> reader.deserialize("", rates.value()))
                                    .mapToLong(CertificationRates::images)
                                    .sum()
                            >= images);
            List<CertificationRates> rates = told.stream()
                    .map(minute -> reader.deserialize("", minute.value()))
                    .toList();
            assertThat(rates.stream().mapToLong(CertificationRates::images).sum())
                    .isEqualTo(images);
            assertThat(rates.stream().map(CertificationRates::rejected).filter(rejected -> !rejected.isEmpty()))
                    .containsExactly(Map.of("CORRUPT_IMAGE", 1L));
        }
    }

    private static ShiftEvent awaitShift(EmbeddedBroker broker) {
        try (CommittedRecords records = new CommittedRecords(broker.bootstrapServers(), Topics.SHIFT_EVENTS);
                Deserializer<ShiftEvent> reader = EventSerdes.deserializer(ShiftEvent.class, null)) {
            return reader.deserialize(
                    "", records.pollUntil(LIMIT, all -> !all.isEmpty()).get(0).value());
        }
    }
}
