// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.test.TestRecord;
import org.catrs.certifier.network.options.ExecutionProvider;
import org.catrs.certifier.smoothing.PlanRequest;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.StopCondition;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.stream.held.Answer;
import org.catrs.certifier.stream.held.AtHandLimits;
import org.catrs.certifier.stream.held.ImagesAtHand;
import org.catrs.certifier.stream.held.TakenImage;
import org.catrs.certifier.stream.intake.RejectionReason;
import org.catrs.certifier.stream.outcome.AnswerHeaders;
import org.catrs.certifier.stream.outcome.CertifiedPredictions;
import org.catrs.certifier.stream.seed.SeedSource;
import org.catrs.console.tracing.Tracing;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.event.CertifiedPrediction.Outcome;
import org.catrs.schemas.event.ImageOrigin;
import org.catrs.schemas.event.ImageRejection;
import org.catrs.schemas.event.Sampling.Stop;
import org.catrs.schemas.image.ImageLimits;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.image.RawTensor;
import org.catrs.schemas.serde.EventFormat;
import org.catrs.schemas.serde.EventSerdes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class CertificationTopologyTest {
    private static final PlanPolicy PLANS =
            new PlanPolicy(PlanRequest.NONE, Duration.ofSeconds(60), StopCondition.NEVER);

    private static final String SHA256 = "ab".repeat(32);
    private static final SmoothingParameters PARAMETERS =
            new SmoothingParameters(0.5, 0.001, 100, 1_000, NoiseKind.DISCRETE);
    private static final int MAX_BYTES = 100_000;
    private static final int MOST_PREDICTION_BYTES = 10_000;
    private static final Instant TIME = Instant.ofEpochMilli(1_700_000_000_123L);

    private static final AcceptedTimes ANY_TIME = new AcceptedTimes(true, Duration.ofDays(36_500), Duration.ofHours(1));

    private AnswerLimits limits = new AnswerLimits(
            new TopicLimits(MOST_PREDICTION_BYTES, ANY_TIME, false), new TopicLimits(MAX_BYTES, ANY_TIME, false));
    private final List<Runnable> heldWork = new ArrayList<>();
    private boolean areWorkersHeld;
    private ImageAnswers answers;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ScriptedClassifier classifier = new ScriptedClassifier();
    private final TopologyTestDriver driver = new TopologyTestDriver(topology().get(), new Properties());
    private final TestInputTopic<String, byte[]> images =
            driver.createInputTopic("in", new StringSerializer(), new ByteArraySerializer());
    private final TestOutputTopic<String, CertifiedPrediction> predictions = driver.createOutputTopic(
            "out", new StringDeserializer(), EventSerdes.deserializer(CertifiedPrediction.class, null));
    private final TestOutputTopic<String, byte[]> rejected =
            driver.createOutputTopic("bad", new StringDeserializer(), new ByteArrayDeserializer());

    private CertificationTopology topology() {
        CertifierMeters meters = new CertifierMeters(registry, ExecutionProvider.AUTO);
        CertifierRegistry certifiers = new CertifierRegistry("fake", meters);
        CertifiedPredictions writer = new CertifiedPredictions(
                new CertifiedPrediction.Model("fake", "1", SHA256),
                new CertifiedPrediction.Engine("cpu", "fp32", "fake", "1", null),
                CertifiedPrediction.Independence.PROVED,
                List.of("zero", "one", "two"));
        certifiers.put(
                new ImageCertifier(
                        classifier,
                        writer,
                        plan -> PARAMETERS,
                        new SeedSource.Random(),
                        PLANS,
                        new ImageLimits(50_000, 1_000)),
                () -> {});
        answers = new ImageAnswers(
                certifiers,
                EventSerdes.serializer(CertifiedPrediction.class, EventFormat.JSON, null),
                "out",
                new AnswerHeaders("out", List.of("correlation-id")),
                () -> limits,
                meters,
                Tracing.off());
        ImagesAtHand images = new ImagesAtHand(new AtHandLimits(100, 1 << 20), 1, this::work, answers::answer);
        meters.show(images);
        return new CertificationTopology(new TopicNames("in", "out", "bad"), images, meters);
    }

    /** Workers are this thread, at once. */
    private void work(Runnable work) {
        if (areWorkersHeld) {
            heldWork.add(work);
        } else {
            work.run();
        }
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void shouldBeOneProcessorBetweenASourceAndTwoSinks() {
        assertThat(topology().get().describe().toString()).isEqualTo("""
                        Topologies:
                           Sub-topology: 0
                            Source: images-source (topics: [in])
                              --> accept
                            Processor: accept (stores: [])
                              --> certified-predictions-sink, images-rejected-sink
                              <-- images-source
                            Sink: certified-predictions-sink (topic: out)
                              <-- accept
                            Sink: images-rejected-sink (topic: bad)
                              <-- accept

                        """);
    }

    @Test
    void shouldLogARadiusThatIsRoundedDown() {
        Logger logger = (Logger) LoggerFactory.getLogger(ImageAnswers.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.INFO);
        try {
            send("image-1", tensor(2), tensorHeaders());
        } finally {
            logger.setLevel(null);
            logger.detachAppender(log);
        }
        String radius = log.list.get(0).getKeyValuePairs().stream()
                .filter(pair -> pair.key.equals("radius"))
                .map(pair -> pair.value.toString())
                .findFirst()
                .orElseThrow();
        // mpmath, 60 digits: 0.5 * norm.ppf(0.001 ** (1 / 1000))
        assertThat(new BigDecimal(radius))
                .isBetween(new BigDecimal("1.231631307"), new BigDecimal("1.231631307390404387934585512492"));
    }

    @Test
    void shouldSayInEachAnswerWhichRecordItAnswersAndWhen() {
        long before = System.currentTimeMillis();
        send("image-1", tensor(2), tensorHeaders());
        send(null, utf8("no image"), tensorHeaders());
        CertifiedPrediction prediction = predictions.readRecord().value();
        ImageRejection rejection =
                ImageRejection.of(rejected.readRecord().headers()).orElseThrow();
        long after = System.currentTimeMillis();
        assertThat(prediction.origin()).isEqualTo(new ImageOrigin("in", 0, 0));
        assertThat(prediction.answered()).isBetween(before, after);
        assertThat(rejection.origin()).isEqualTo(new ImageOrigin("in", 0, 1));
        assertThat(rejection.answered()).isBetween(before, after);
    }

    @Test
    void shouldSpendTheSamplesThatAnImagesTargetRadiusNeeds() {
        send("image-1", tensor(2), tensorHeaders().add("target-radius", utf8("0.5")));
        CertifiedPrediction prediction = predictions.readRecord().value();
        assertThat(prediction.plan()).isEqualTo("adaptive");
        assertThat(prediction.sampling().targetRadius()).isEqualTo(0.5);
        assertThat(prediction.sampling().stop()).isEqualTo(Stop.TARGET_REACHED);
        assertThat(prediction.n()).isEqualTo(64);
        assertThat(sum("catrs_samples_sum{", "plan=\"adaptive\"")).isEqualTo(164);
        assertThat(sum("catrs_sampling_ended_total{", "reason=\"TARGET_REACHED\""))
                .isEqualTo(1);
    }

    @Test
    void shouldAnswerAnImageByItsDeadlineAndNoLaterThanTheOperatorAllows() {
        send("image-1", tensor(2), tensorHeaders().add("deadline", utf8("1e-9")));
        CertifiedPrediction hurried = predictions.readRecord().value();
        assertThat(hurried.plan()).isEqualTo("deadline");
        assertThat(hurried.sampling().stop()).isEqualTo(Stop.DEADLINE);
        assertThat(hurried.n()).isEqualTo(64);
        send("image-2", tensor(2), tensorHeaders().add("deadline", utf8("1000000")));
        CertifiedPrediction patient = predictions.readRecord().value();
        assertThat(patient.sampling().deadlineSeconds()).isEqualTo(60);
        assertThat(patient.sampling().stop()).isEqualTo(Stop.ALL_SAMPLES);
    }

    @Test
    void shouldRejectAPlanThatCannotBe() {
        send("image-1", tensor(2), tensorHeaders().add("target-radius", utf8("far")));
        TestRecord<String, byte[]> noNumber = rejected.readRecord();
        assertThat(header(noNumber, "catrs.error.stage")).isEqualTo("intake");
        assertThat(header(noNumber, "catrs.error.reason")).isEqualTo("INVALID_PLAN");
        assertThat(header(noNumber, "__streams.errors.message")).contains("must be a number such as 0.5");
        send("image-2", tensor(2), tensorHeaders().add("deadline", utf8("-1")));
        assertThat(header(rejected.readRecord(), "__streams.errors.message"))
                .contains("deadline in seconds must be above 0");
    }

    @Test
    void shouldCertifyAnImage() {
        send("image-1", tensor(2), tensorHeaders().add("true-label", utf8("2")));
        TestRecord<String, CertifiedPrediction> answer = predictions.readRecord();
        CertifiedPrediction prediction = answer.value();
        assertThat(answer.key()).isEqualTo("image-1");
        assertThat(answer.getRecordTime()).isEqualTo(TIME);
        assertThat(prediction.outcome()).isEqualTo(Outcome.CERTIFIED);
        assertThat(prediction.label()).isEqualTo(2);
        assertThat(prediction.className()).isEqualTo("two");
        assertThat(prediction.trueLabel()).isEqualTo(2);
        // 0.5 * scipy.stats.norm.ppf(scipy.stats.beta.ppf(0.001, 1000, 1))
        assertThat(prediction.radius()).isCloseTo(1.23163, within(1e-5));
        assertThat(prediction.estimationCounts()).containsExactly(0L, 0L, 1_000L);
        // hashlib.sha256(bytes([2, 0])).hexdigest()
        assertThat(prediction.imageSha256())
                .isEqualTo("99be5efb88ca2013bd8e4eb035fd42d5245468fe9afa70d8ba9c1c419a48c4e8");
        assertThat(prediction.model().name()).isEqualTo("fake");
        assertThat(rejected.isEmpty()).isTrue();
    }

    @Test
    void shouldCarryTheTraceAndNothingElseOfTheImagesHeaders() {
        send(
                "image-1",
                tensor(1),
                tensorHeaders().add("traceparent", utf8("00-1-2-01")).add("other", utf8("x")));
        assertThat(predictions.readRecord().headers().toArray())
                .extracting(Header::key)
                .containsExactlyInAnyOrder(
                        "traceparent",
                        "content-type",
                        "catrs.image.topic",
                        "catrs.image.partition",
                        "catrs.image.offset");
    }

    @Test
    void shouldAbstainFromAnUndecidedImage() {
        send("image-1", tensor(ScriptedClassifier.UNDECIDED), tensorHeaders());
        CertifiedPrediction prediction = predictions.readValue();
        assertThat(prediction.outcome()).isEqualTo(Outcome.ABSTAINED);
        assertThat(prediction.label()).isNull();
        assertThat(prediction.radius()).isZero();
    }

    @Test
    void shouldAbstainWhenNoSampleVotes() {
        send("image-1", tensor(ScriptedClassifier.NO_VOTES), tensorHeaders());
        assertThat(predictions.readValue().outcome()).isEqualTo(Outcome.ABSTAINED);
    }

    @Test
    void shouldRejectWithTheRecordAsItCameAndTheReason() {
        byte[] value = utf8("no image");
        send("image-1", value, tensorHeaders().add("other", utf8("x")));
        TestRecord<String, byte[]> rejection = rejected.readRecord();
        assertThat(rejection.key()).isEqualTo("image-1");
        assertThat(rejection.value()).isEqualTo(value);
        assertThat(rejection.getRecordTime()).isEqualTo(TIME);
        assertThat(header(rejection, "other")).isEqualTo("x");
        assertThat(header(rejection, "content-type")).isEqualTo("application/x-catrs-tensor");
        assertThat(header(rejection, "catrs.error.stage")).isEqualTo("decode");
        assertThat(header(rejection, "catrs.error.reason")).isEqualTo("CORRUPT_IMAGE");
        assertThat(header(rejection, "__streams.errors.exception")).endsWith(".ImageDecodingException");
        assertThat(header(rejection, "__streams.errors.message")).isNotBlank();
        assertThat(header(rejection, "__streams.errors.topic")).isEqualTo("in");
        assertThat(header(rejection, "__streams.errors.partition")).isEqualTo("0");
        assertThat(header(rejection, "__streams.errors.offset")).isEqualTo("0");
        assertThat(predictions.isEmpty()).isTrue();
    }

    @Test
    void shouldRejectTheOneImageThatTheModelFailsOn() {
        send("image-1", tensor(ScriptedClassifier.FAILS), tensorHeaders());
        send("image-2", tensor(1), tensorHeaders());
        TestRecord<String, byte[]> rejection = rejected.readRecord();
        assertThat(header(rejection, "catrs.error.stage")).isEqualTo("inference");
        assertThat(header(rejection, "catrs.error.reason")).isEqualTo("INFERENCE_FAILED");
        assertThat(header(rejection, "__streams.errors.stacktrace")).contains("the network did not run");
        assertThat(predictions.readValue().outcome()).isEqualTo(Outcome.CERTIFIED);
    }

    @Test
    void shouldStopRatherThanRejectWhenTheModelFailsOnEveryImage() {
        classifier.breakDown();
        assertThatThrownBy(() -> send("image-1", tensor(1), tensorHeaders())).isInstanceOf(StreamsException.class);
        assertThat(rejected.isEmpty()).isTrue();
    }

    @Test
    void shouldStopRatherThanRejectWhenTheMachineHasNoMemoryToCertify() {
        assertThatThrownBy(() -> send("image-1", tensor(ScriptedClassifier.OUT_OF_MEMORY), tensorHeaders()))
                .isInstanceOf(StreamsException.class);
        assertThat(rejected.isEmpty()).isTrue();
    }

    @Test
    void shouldRejectAKeyThatNoAnswerCouldHold() {
        send("k".repeat(16_385), tensor(1), tensorHeaders());
        assertThat(header(rejected.readRecord(), "catrs.error.reason")).isEqualTo("TOO_MANY_BYTES");
    }

    @Test
    void shouldLeaveOutAValueThatWouldMakeTheRejectionTooLarge() {
        send("image-1", new byte[MAX_BYTES], tensorHeaders());
        TestRecord<String, byte[]> rejection = rejected.readRecord();
        assertThat(rejection.key()).isEqualTo("image-1");
        assertThat(rejection.value()).isNull();
        assertThat(header(rejection, "content-type")).isEqualTo("application/x-catrs-tensor");
        assertThat(header(rejection, "catrs.error.omitted")).isEqualTo("value");
        assertThat(header(rejection, "__streams.errors.offset")).isEqualTo("0");
    }

    @Test
    void shouldLeaveOutHeadersAndKeyThatWouldMakeTheRejectionTooLarge() {
        send("k".repeat(MAX_BYTES), new byte[10], tensorHeaders().add("large", new byte[MAX_BYTES]));
        TestRecord<String, byte[]> rejection = rejected.readRecord();
        assertThat(rejection.key()).isNull();
        assertThat(header(rejection, "catrs.error.omitted")).isEqualTo("key,headers");
        assertThat(rejection.value()).hasSize(10);
    }

    @Test
    void shouldAnswerARejectedImageThatIsSentAgainByItsNewReasonAlone() {
        send("image-1", utf8("no image"), tensorHeaders());
        TestRecord<String, byte[]> first = rejected.readRecord();
        images.pipeInput(new TestRecord<>("image-1", first.value(), first.headers(), TIME));
        Headers again = rejected.readRecord().headers();
        assertThat(again.headers("catrs.error.reason")).hasSize(1);
        assertThat(again.headers("catrs.image.offset")).hasSize(1);
        assertThat(new String(again.lastHeader("__streams.errors.offset").value(), StandardCharsets.UTF_8))
                .isEqualTo("1");
    }

    @Test
    void shouldCarryNoHeaderOfAnEarlierPassOn() {
        Headers earlier = tensorHeaders()
                .add("catrs.error.reason", utf8("CORRUPT_IMAGE"))
                .add("catrs.error.omitted", utf8("value"))
                .add("catrs.image.offset", utf8("7"))
                .add("__streams.errors.stacktrace", utf8("at"))
                .add("correlation-id", utf8("9"));
        send("image-1", tensor(2), earlier);
        send("image-2", utf8("no image"), earlier);
        Headers answer = predictions.readRecord().headers();
        assertThat(answer)
                .extracting(Header::key)
                .containsExactlyInAnyOrder(
                        "catrs.image.topic",
                        "catrs.image.partition",
                        "catrs.image.offset",
                        "correlation-id",
                        "content-type");
        TestRecord<String, byte[]> rejection = rejected.readRecord();
        assertThat(header(rejection, "catrs.image.offset")).isEqualTo("1");
        assertThat(rejection.headers())
                .extracting(Header::key)
                .doesNotHaveDuplicates()
                .contains("correlation-id")
                .doesNotContain("catrs.error.omitted", "__streams.errors.stacktrace");
    }

    @Test
    void shouldMeasureHeadersInTheBytesThatTheyTakeSoThatTheRejectionCanBeSent() {
        // 40,000 characters of three bytes each
        send("image-1", new byte[10], tensorHeaders().add("\u20ac".repeat(40_000), utf8("x")));
        assertThat(header(rejected.readRecord(), "catrs.error.omitted")).isEqualTo("headers");
    }

    @Test
    void shouldRejectAnImageWhoseCertificateIsTooLargeToBeSent() {
        send("k".repeat(MOST_PREDICTION_BYTES), tensor(1), tensorHeaders());
        TestRecord<String, byte[]> rejection = rejected.readRecord();
        assertThat(header(rejection, "catrs.error.stage")).isEqualTo("answer");
        assertThat(header(rejection, "catrs.error.reason")).isEqualTo("ANSWER_TOO_LARGE");
        assertThat(predictions.isEmpty()).isTrue();
    }

    @Test
    void shouldTakeImagesWithoutWaitingAndAnswerThemWhenAWorkerHas() {
        areWorkersHeld = true;
        send("first", tensor(1), tensorHeaders());
        send("second", utf8("no image"), tensorHeaders());
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(predictions.isEmpty()).isTrue();
        assertThat(rejected.isEmpty()).isTrue();
        assertThat(registry.get("catrs.images.at.hand").gauge().value()).isEqualTo(2);
        heldWork.forEach(Runnable::run);
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(predictions.readRecord().key()).isEqualTo("first");
        assertThat(rejected.readRecord().key()).isEqualTo("second");
        assertThat(registry.get("catrs.images.at.hand").gauge().value()).isZero();
    }

    @Test
    void shouldGiveUpWhatIsAtHandWhenItEnds() {
        areWorkersHeld = true;
        try (TopologyTestDriver other = new TopologyTestDriver(topology().get(), new Properties())) {
            TestInputTopic<String, byte[]> input =
                    other.createInputTopic("in", new StringSerializer(), new ByteArraySerializer());
            input.pipeInput(new TestRecord<>("first", tensor(1), tensorHeaders(), TIME));
            input.pipeInput(new TestRecord<>("second", tensor(1), tensorHeaders(), TIME));
        }
        heldWork.forEach(Runnable::run);
        assertThat(count("catrs.images.received")).isEqualTo(2);
        assertThat(count("catrs.images.given.up")).isEqualTo(2);
        assertThat(count("catrs.images.certified")).isZero();
    }

    @Test
    void shouldAnswerAnImageFromTheFutureNowAndSayItsTime() {
        Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Instant far = before.plus(Duration.ofDays(9_000));
        images.pipeInput(new TestRecord<>("image-1", tensor(1), tensorHeaders(), far));
        images.pipeInput(new TestRecord<>("image-2", utf8("no image"), tensorHeaders(), far));
        TestRecord<String, CertifiedPrediction> prediction = predictions.readRecord();
        assertThat(prediction.getRecordTime()).isBetween(before, Instant.now());
        assertThat(prediction.headers().lastHeader("catrs.image.timestamp").value())
                .asString()
                .isEqualTo(Long.toString(far.toEpochMilli()));
        TestRecord<String, byte[]> rejection = rejected.readRecord();
        assertThat(rejection.getRecordTime()).isBetween(before, Instant.now());
        assertThat(header(rejection, "catrs.image.timestamp")).isEqualTo(Long.toString(far.toEpochMilli()));
    }

    @Test
    void shouldAnswerAnOldImageNowWhereTheTopicWouldSoonDeleteTheAnswer() {
        AcceptedTimes week = new AcceptedTimes(true, Duration.ofDays(7), Duration.ofHours(1));
        TopicLimits topic = new TopicLimits(MOST_PREDICTION_BYTES, week, false);
        limits = new AnswerLimits(topic, topic);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        images.pipeInput(new TestRecord<>("old", tensor(1), tensorHeaders(), now.minus(Duration.ofDays(4))));
        images.pipeInput(new TestRecord<>("new", tensor(1), tensorHeaders(), now.minus(Duration.ofDays(3))));
        assertThat(predictions.readRecord().getRecordTime()).isAfterOrEqualTo(now);
        TestRecord<String, CertifiedPrediction> kept = predictions.readRecord();
        assertThat(kept.getRecordTime()).isEqualTo(now.minus(Duration.ofDays(3)));
        assertThat(kept.headers().lastHeader("catrs.image.timestamp")).isNull();
    }

    @Test
    void shouldForgetWhatWasSaidOfAnImageInAnEarlierPass() {
        send(
                "image-1",
                utf8("no image"),
                tensorHeaders()
                        .add("catrs.error.omitted", utf8("key"))
                        .add("catrs.error.reason", utf8("OUT_OF_MEMORY"))
                        .add("catrs.image.timestamp", utf8("5"))
                        .add("__streams.errors.stacktrace", utf8("of another error")));
        TestRecord<String, byte[]> rejection = rejected.readRecord();
        assertThat(header(rejection, "catrs.error.reason")).isEqualTo("CORRUPT_IMAGE");
        assertThat(rejection.headers().toArray())
                .extracting(Header::key)
                .doesNotContain("catrs.error.omitted", "catrs.image.timestamp", "__streams.errors.stacktrace")
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldRejectAnImageThatHasHeldUpOthersForTooLong() {
        TakenImage slow = new TakenImage(
                new TopicPartition("in", 0),
                5,
                new Record<>(null, tensor(1), TIME.toEpochMilli(), tensorHeaders()),
                Duration.ofSeconds(61));
        Answer answer = answers.answer(slow);
        assertThat(answer.sink()).isEqualTo("images-rejected-sink");
        assertThat(answer.message().headers().lastHeader("catrs.error.reason").value())
                .asString()
                .isEqualTo("TOO_SLOW");
        assertThat(answer.message().value()).isEqualTo(tensor(1));
    }

    @Test
    void shouldGoByWhatTheTopicsTakeNow() {
        send("fits", tensor(1), tensorHeaders());
        limits = new AnswerLimits(new TopicLimits(1_000, ANY_TIME, false), limits.rejected());
        send("fits no more", tensor(1), tensorHeaders());
        assertThat(predictions.readRecord().key()).isEqualTo("fits");
        assertThat(predictions.isEmpty()).isTrue();
        assertThat(header(rejected.readRecord(), "catrs.error.reason")).isEqualTo("ANSWER_TOO_LARGE");
    }

    @Test
    void shouldSendNoRecordWithoutKeyToACompactedTopic() {
        limits = new AnswerLimits(
                new TopicLimits(MOST_PREDICTION_BYTES, ANY_TIME, true), new TopicLimits(MAX_BYTES, ANY_TIME, true));
        images.pipeInput(new TestRecord<>(null, tensor(1), tensorHeaders(), TIME));
        assertThat(predictions.isEmpty()).isTrue();
        TestRecord<String, byte[]> rejection = rejected.readRecord();
        assertThat(header(rejection, "catrs.error.reason")).isEqualTo("MISSING_KEY");
        assertThat(rejection.key()).isEqualTo("in-0@0");
    }

    @Test
    void shouldCertifyAnImageWithoutKey() {
        images.pipeInput(new TestRecord<>(null, tensor(1), tensorHeaders(), TIME));
        assertThat(predictions.readRecord().key()).isNull();
    }

    @Test
    void shouldCountEveryImageOnce() {
        send("certified", tensor(1), tensorHeaders());
        send("abstained", tensor(ScriptedClassifier.UNDECIDED), tensorHeaders());
        send("rejected", utf8("no image"), tensorHeaders());
        send("rejected", utf8("no image"), new RecordHeaders());
        assertThat(count("catrs.images.received")).isEqualTo(4);
        assertThat(count("catrs.images.certified")).isEqualTo(1);
        assertThat(count("catrs.images.abstained")).isEqualTo(1);
        assertThat(count("catrs.images.rejected")).isEqualTo(2);
        assertThat(sum("catrs_images_rejected_total{", "stage=\"decode\"", "reason=\"CORRUPT_IMAGE\""))
                .isEqualTo(1);
        assertThat(count("catrs.noise.samples")).isEqualTo(2 * 1_100);
        assertThat(sum("catrs_certification_seconds_count{", "model=\"fake\"")).isEqualTo(2);
        assertThat(sum("catrs_decode_seconds_count{")).isEqualTo(4);
        assertThat(sum("catrs_queue_seconds_count{")).isEqualTo(4);
        assertThat(sum("catrs_answer_seconds_count{")).isEqualTo(4);
        assertThat(sum("catrs_held_seconds_count{")).isEqualTo(4);
        assertThat(sum("catrs_latency_seconds_count{")).isEqualTo(4);
        assertThat(sum("catrs_images_unaccounted ")).isZero();
    }

    @Test
    void shouldTimeTheQueueFromTheImagesOwnTimestamp() {
        Instant sent = Instant.now().minusSeconds(100);
        images.pipeInput(new TestRecord<>("image-1", tensor(1), tensorHeaders(), sent));
        assertThat(sum("catrs_queue_seconds_sum{", "model=\"fake\"")).isBetween(100.0, 130.0);
        assertThat(sum("catrs_latency_seconds_sum{", "model=\"fake\"")).isBetween(100.0, 130.0);
        assertThat(sum("catrs_held_seconds_sum{", "model=\"fake\"")).isLessThan(30);
    }

    @Test
    void shouldSayHowOldTheOldestImageAtHandIs() {
        areWorkersHeld = true;
        assertThat(sum("catrs_lag_seconds ")).isZero();
        images.pipeInput(new TestRecord<>(
                "image-1", tensor(1), tensorHeaders(), Instant.now().minusSeconds(100)));
        images.pipeInput(new TestRecord<>(
                "image-2", tensor(1), tensorHeaders(), Instant.now().minusSeconds(10)));
        assertThat(sum("catrs_lag_seconds ")).isBetween(100.0, 130.0);
        assertThat(sum("catrs_images_waiting ")).isEqualTo(2);
        assertThat(sum("catrs_bytes_waiting ")).isEqualTo(sum("catrs_bytes_at_hand "));
        heldWork.forEach(Runnable::run);
        assertThat(sum("catrs_images_waiting ")).isZero();
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(sum("catrs_lag_seconds ")).isZero();
    }

    @Test
    void shouldCountAnImageForAModelThatIsNotServedUnderNoName() {
        send("image-1", tensor(1), tensorHeaders().add("model", utf8("nobody-knows-this")));
        String none = "model=\"\"";
        assertThat(sum("catrs_images_received_total{", none)).isEqualTo(1);
        assertThat(sum("catrs_images_rejected_total{", none, "UNKNOWN_MODEL")).isEqualTo(1);
        assertThat(registry.scrape()).doesNotContain("nobody-knows-this");
    }

    @Test
    void shouldHaveACounterOfZeroForEachReasonFromTheStart() {
        for (RejectionReason reason : RejectionReason.values()) {
            assertThat(registry.get("catrs.images.rejected")
                            .tag("model", "fake")
                            .tag("reason", reason.name())
                            .counter()
                            .count())
                    .isZero();
        }
    }

    private void send(String key, byte[] value, Headers headers) {
        images.pipeInput(new TestRecord<>(key, value, headers, TIME));
    }

    private double count(String name) {
        return registry.get(name).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    /** Sum over the lines of a scrape that begin with one text and contain others. */
    private double sum(String begin, String... labels) {
        return registry.scrape()
                .lines()
                .filter(line -> line.startsWith(begin) && Arrays.stream(labels).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static byte[] tensor(int first) {
        return RawTensor.encode(ImageTensor.of(ScriptedClassifier.SHAPE, new byte[] {(byte) first, 0}));
    }

    private static Headers tensorHeaders() {
        return new RecordHeaders().add("content-type", utf8("application/x-catrs-tensor"));
    }

    private static String header(TestRecord<?, ?> message, String name) {
        return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
