// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SplittableRandom;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.catrs.certifier.stream.rates.shift.AnswerShape;
import org.catrs.certifier.stream.rates.shift.ShiftLimits;
import org.catrs.certifier.stream.topology.TopicNames;
import org.catrs.schemas.event.CertificationRates;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.event.CertifiedPrediction.Engine;
import org.catrs.schemas.event.CertifiedPrediction.Model;
import org.catrs.schemas.event.CertifiedPrediction.Outcome;
import org.catrs.schemas.event.ShiftEvent;
import org.catrs.schemas.event.ShiftEvent.Measure;
import org.catrs.schemas.event.ShiftEvent.State;
import org.catrs.schemas.json.JsonRecords;
import org.catrs.schemas.serde.EventSerdes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RatesTopologyTest {
    private static final String SHA256 = "ab".repeat(32);
    private static final Instant START = Instant.parse("2026-01-01T00:00:30Z");
    private static final long MINUTE = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final RatesOptions OPTIONS =
            new RatesOptions("rates", "shifts", 500, List.of(), new ShiftLimits(0.01, 0.05), List.of(0.0, 0.5));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TopologyTestDriver driver = driver();
    private final TestInputTopic<String, byte[]> predictions =
            driver.createInputTopic("out", new StringSerializer(), new ByteArraySerializer());
    private final TestInputTopic<String, byte[]> rejected =
            driver.createInputTopic("bad", new StringSerializer(), new ByteArraySerializer());
    private final TestOutputTopic<String, CertificationRates> rates = driver.createOutputTopic(
            "rates", new StringDeserializer(), EventSerdes.deserializer(CertificationRates.class, null));
    private final TestOutputTopic<String, ShiftEvent> shifts = driver.createOutputTopic(
            "shifts", new StringDeserializer(), EventSerdes.deserializer(ShiftEvent.class, null));

    private TopologyTestDriver driver() {
        Properties settings = new Properties();
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        RatesTopology topology = new RatesTopology(
                new TopicNames("in", "out", "bad"),
                OPTIONS,
                null,
                "digits",
                List.of("digits", "letters")::contains,
                new ShiftMeters(registry));
        return new TopologyTestDriver(topology.get(), settings, START);
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void shouldTellAMinuteOnceTheClockSaysThatItIsOver() {
        send(certified("digits", "1", 3, 0.75, 3));
        send(certified("digits", "2", 3, 0.25, 7));
        send(certified("digits", "2", 5, 1, null));
        send(abstained("digits", "2"));
        reject("digits", "CORRUPT_IMAGE");
        reject(null, "WRONG_SHAPE");
        driver.advanceWallClockTime(Duration.ofSeconds(20));
        assertThat(rates.isEmpty()).as("the minute goes on").isTrue();
        driver.advanceWallClockTime(Duration.ofSeconds(20));
        TestRecord<String, CertificationRates> told = rates.readRecord();
        assertThat(told.key()).isEqualTo("digits@" + MINUTE);
        assertThat(told.value())
                .isEqualTo(new CertificationRates(
                        "digits",
                        List.of("1", "2"),
                        MINUTE,
                        MINUTE + 60_000,
                        6,
                        Map.of("3", 2L, "5", 1L),
                        1,
                        Map.of("CORRUPT_IMAGE", 1L, "WRONG_SHAPE", 1L),
                        new CertificationRates.Quantiles(0.5, 0.5, 1.5, 2, 2),
                        // 0.9 and 0.4 as multiples of 1/1024, rounded down: 921/1024 and 409/1024.
                        new CertificationRates.Quantiles(
                                0.3994140625, 0.3994140625, 0.8994140625, 0.8994140625, 0.8994140625),
                        1_100.0,
                        2,
                        Map.of("0.0", 0.5, "0.5", 0.5)));
        assertThat(rates.isEmpty()).isTrue();
    }

    @Test
    void shouldCountAnImageThatIsDatedIntoTheFutureWhenItIsAnswered() {
        Headers headers = new RecordHeaders();
        predictions.pipeInput(new TestRecord<>(
                "image", JsonRecords.write(abstained("digits", "1")), headers, Instant.parse("2100-01-01T00:00:00Z")));
        send(abstained("digits", "1"));
        twoMinutesPass();
        assertThat(rates.readValue().images()).isEqualTo(2);
        send(abstained("digits", "1"));
        twoMinutesPass();
        assertThat(rates.readValue().begin()).isEqualTo(MINUTE + 120_000);
    }

    @Test
    void shouldCountAnAnswerInItsOwnMinuteHoweverLateItIsRead() {
        Instant earlier = START.minusSeconds(3_600);
        send(answered(earlier, abstained("digits", "1")));
        Headers headers = new RecordHeaders();
        headers.add("catrs.error.reason", "CORRUPT_IMAGE".getBytes(StandardCharsets.UTF_8));
        headers.add("catrs.answered", Long.toString(earlier.toEpochMilli()).getBytes(StandardCharsets.UTF_8));
        rejected.pipeInput(new TestRecord<>("image", new byte[0], headers));
        twoMinutesPass();
        CertificationRates told = rates.readValue();
        assertThat(told.begin()).isEqualTo(MINUTE - 3_600_000);
        assertThat(told.images()).isEqualTo(2);
        assertThat(rates.isEmpty()).isTrue();
    }

    @Test
    void shouldCountAnAnswerOfAClockThatIsAheadWhenItIsRead() {
        send(answered(START.plusSeconds(86_400), abstained("digits", "1")));
        twoMinutesPass();
        assertThat(rates.readValue().begin()).isEqualTo(MINUTE);
    }

    @Test
    void shouldTellEachModelApart() {
        send(abstained("digits", "1"));
        send(abstained("letters", "1"));
        reject("letters", "CORRUPT_IMAGE");
        reject("nobody serves this", "UNKNOWN_MODEL");
        twoMinutesPass();
        assertThat(rates.readValuesToList())
                .extracting(CertificationRates::model, CertificationRates::abstained, CertificationRates::rejected)
                .containsExactlyInAnyOrder(
                        tuple("digits", 1L, Map.of("UNKNOWN_MODEL", 1L)),
                        tuple("letters", 1L, Map.of("CORRUPT_IMAGE", 1L)));
    }

    @Test
    void shouldPassOverWhatIsNoAnswer() {
        predictions.pipeInput("image", "no prediction".getBytes(StandardCharsets.UTF_8));
        rejected.pipeInput("image", new byte[] {1});
        reject("digits", "NO_SUCH_REASON");
        send(abstained("digits", "1"));
        twoMinutesPass();
        assertThat(rates.readValue().images()).isEqualTo(1);
    }

    @Test
    void shouldTellAShiftAgainstTheFirstAnswersAndThatItIsOver() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 2_000; i++) {
            send(certified("digits", "1", random.nextInt(2), 0.5 * random.nextInt(1, 4), null));
        }
        assertThat(shifts.isEmpty()).isTrue();
        assertThat(distance("LABELS")).isZero();
        for (int i = 0; i < 60; i++) {
            send(certified("digits", "1", 5, 0.5 * random.nextInt(1, 4), null));
        }
        ShiftEvent began = shifts.readValue();
        assertThat(began.state()).isEqualTo(State.BEGAN);
        assertThat(began.measure()).isEqualTo(Measure.LABELS);
        assertThat(began.share()).isEqualTo("label 5");
        assertThat(began.baseline()).isZero();
        assertThat(began.baselineImages()).isEqualTo(500);
        assertThat(distance("LABELS")).isPositive();
        assertThat(registry.get("catrs.shifts.begun")
                        .tag("measure", "LABELS")
                        .counter()
                        .count())
                .isEqualTo(1);
        for (int i = 0; i < 1_000; i++) {
            send(certified("digits", "1", random.nextInt(2), 0.5 * random.nextInt(1, 4), null));
        }
        assertThat(shifts.readValuesToList()).extracting(ShiftEvent::state).containsExactly(State.ENDED);
        assertThat(distance("LABELS")).isZero();
    }

    @Test
    void shouldShowWhatTheBaselineIsMadeOfOnceItIsComplete() {
        for (int i = 0; i < 499; i++) {
            send(certified("digits", "1", i % 2, 0.5, null));
        }
        assertThat(registry.get("catrs.baseline.images").gauge().value()).isEqualTo(499);
        assertThat(registry.find("catrs.baseline.label.share").gauges()).isEmpty();
        send(certified("digits", "1", 1, 0.5, null));
        assertThat(registry.get("catrs.baseline.images").gauge().value()).isEqualTo(500);
        assertThat(registry.get("catrs.baseline.abstained.share").gauge().value())
                .isZero();
        assertThat(registry.get("catrs.baseline.label.share")
                        .tag("label", "1")
                        .gauge()
                        .value())
                .isEqualTo(0.5);
        assertThat(registry.get("catrs.baseline.label.share").gauges().stream()
                        .mapToDouble(Gauge::value)
                        .sum())
                .isEqualTo(1);
    }

    @Test
    void shouldCompareAnotherVersionWithABaselineOfItsOwn() {
        for (int i = 0; i < 1_000; i++) {
            send(certified("digits", "1", 1, 1, null));
        }
        for (int i = 0; i < 1_000; i++) {
            send(certified("digits", "2", 0, 0.25, null));
        }
        assertThat(shifts.isEmpty()).isTrue();
    }

    @Test
    void shouldCompareWithTheBaselineThatWasRecordedFromTheFirstAnswerOn() {
        RecordedBaseline recorded =
                RecordedBaseline.empty("digits", CertificateFacts.of(certified("digits", "1", 1, 1, null)));
        for (int i = 0; i < 200; i++) {
            recorded = recorded.with(new AnswerShape(i % 2, 1));
        }
        RatesOptions options =
                new RatesOptions("rates", "shifts", 500, List.of(recorded), OPTIONS.limits(), OPTIONS.radii());
        CertificateFacts other = CertificateFacts.of(certified("digits", "1", 5, 0.5, null));
        Comparison comparison = Comparison.begin("digits", other, options);
        List<ShiftEvent> told = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            told.addAll(comparison.add(other, MINUTE));
        }
        assertThat(told).extracting(ShiftEvent::baselineImages).contains(200L);

        Comparison ofFirstAnswers = Comparison.begin("digits", other, OPTIONS);
        for (int i = 0; i < 600; i++) {
            ofFirstAnswers.add(other, MINUTE);
        }
        assertThat(Comparison.resume(ofFirstAnswers.state(), options).state())
                .as("a baseline that is recorded later takes the place of the first answers")
                .isEqualTo(Comparison.begin("digits", other, options).state());
    }

    @Test
    void shouldKeepWhatItKnowsInItsStores() {
        CertificateFacts facts = CertificateFacts.of(certified("digits", "1", 1, 0.5, 1));
        Comparison comparison = Comparison.begin("digits", facts, OPTIONS);
        Minute minute = new Minute("digits", MINUTE);
        List<ShiftEvent> told = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            CertificateFacts next = CertificateFacts.of(certified("digits", "1", i < 550 ? i % 2 : 5, 0.5, 1));
            comparison = Comparison.resume(
                    JsonRecords.read(JsonRecords.write(comparison.state()), ComparisonState.class), OPTIONS);
            told.addAll(comparison.add(next, MINUTE));
            minute = new Minute(JsonRecords.read(JsonRecords.write(minute.state()), MinuteState.class));
            minute.add(new RatedAnswer(MINUTE, null, next), OPTIONS.radii());
        }
        assertThat(told).extracting(ShiftEvent::measure).contains(Measure.LABELS);
        assertThat(minute.rates().images()).isEqualTo(600);
        assertThat(minute.rates().certified()).containsEntry("5", 50L);
    }

    @Test
    void shouldNeverRoundUpARadiusOrABound() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 1_000; i++) {
            double radius = Math.nextDown(random.nextInt(1, 100) / 64.0);
            send(certified("digits", "1", 1, radius, null));
            twoMinutesPass();
            CertificationRates told = rates.readValue();
            assertThat(told.radius().p95() * 0.5).isLessThanOrEqualTo(radius);
            assertThat(told.lowerBound().p95()).isLessThanOrEqualTo(0.9);
        }
    }

    /** The driver looks at the clock once each time. */
    private void twoMinutesPass() {
        driver.advanceWallClockTime(Duration.ofMinutes(1));
        driver.advanceWallClockTime(Duration.ofMinutes(1));
    }

    private double distance(String measure) {
        return registry.get("catrs.shift").tag("measure", measure).gauge().value();
    }

    private void send(CertifiedPrediction prediction) {
        predictions.pipeInput("image", JsonRecords.write(prediction));
    }

    private void reject(String model, String reason) {
        Headers headers = new RecordHeaders();
        headers.add("catrs.error.reason", reason.getBytes(StandardCharsets.UTF_8));
        if (model != null) {
            headers.add("model", model.getBytes(StandardCharsets.UTF_8));
        }
        rejected.pipeInput(new TestRecord<>("image", new byte[0], headers));
    }

    private static CertifiedPrediction answered(Instant time, CertifiedPrediction prediction) {
        ObjectNode tree = (ObjectNode) JsonRecords.toTree(prediction);
        return JsonRecords.fromTree(tree.put("answered", time.toEpochMilli()), CertifiedPrediction.class);
    }

    private static CertifiedPrediction certified(
            String model, String version, int label, double radius, Integer trueLabel) {
        return prediction(model, version, Outcome.CERTIFIED, label, radius, trueLabel);
    }

    private static CertifiedPrediction abstained(String model, String version) {
        return prediction(model, version, Outcome.ABSTAINED, 0, 0, null);
    }

    private static CertifiedPrediction prediction(
            String model, String version, Outcome outcome, int candidate, double radius, Integer trueLabel) {
        boolean isCertified = outcome == Outcome.CERTIFIED;
        return new CertifiedPrediction(
                outcome,
                isCertified ? candidate : null,
                null,
                radius,
                isCertified ? 0.9 : 0.4,
                candidate,
                List.of(0L, 0L, 0L, 0L, 0L, 0L),
                List.of(0L, 0L, 0L, 0L, 0L, 0L),
                0.5,
                0.001,
                100,
                1_000,
                "fixed",
                "discrete",
                "00".repeat(16),
                SHA256,
                new Model(model, version, (version.equals("1") ? "ab" : "cd").repeat(32)),
                new Engine("cpu", "fp32", "onnxruntime", "1.29.0", null),
                trueLabel,
                0.25,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
