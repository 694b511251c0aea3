// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.stream;

import static java.util.Map.entry;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.catrs.local.broker.EmbeddedBroker;
import org.catrs.schemas.topic.Topics;
import org.catrs.tests.ForkPorts;
import org.catrs.tests.Metrics;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images in through a plain producer, answers out of a real broker, with the service as a process of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CertificationStreamTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int N = 1_000;
    private static final int N0 = 100;

    private static final Map<String, byte[]> CERTIFIED = Map.ofEntries(
            entry("bright.png", TestImages.png(230)),
            entry("dark.png", TestImages.png(25)),
            entry("bright.jpg", TestImages.jpeg(230)),
            entry("dark.jpg", TestImages.jpeg(25)),
            entry("bright.tensor", TestImages.tensor(230, 192)),
            entry("dark.tensor", TestImages.tensor(25, 192)));

    private static final Map<String, byte[]> UNDECIDED = Map.ofEntries(
            entry("undecided-1.png", TestImages.undecidedPng()),
            entry("undecided-2.png", TestImages.undecidedPng()),
            entry("undecided-3.png", TestImages.undecidedPng()),
            entry("undecided-4.png", TestImages.undecidedPng()));

    /** Keys say the reason. */
    private static final Map<String, byte[]> REJECTED = Map.ofEntries(
            entry("CORRUPT_IMAGE.png", "this is not an image".getBytes(StandardCharsets.UTF_8)),
            entry("CORRUPT_IMAGE-truncated.png", Arrays.copyOf(TestImages.png(230), 60)),
            entry("CORRUPT_IMAGE-short.tensor", TestImages.tensor(230, 191)),
            entry("CORRUPT_IMAGE-is-jpeg.png", TestImages.jpeg(230)),
            entry("UNKNOWN_CONTENT_TYPE.gif", TestImages.png(230)),
            entry("UNKNOWN_CONTENT_TYPE", TestImages.png(230)),
            entry("EMPTY_VALUE.png", new byte[0]),
            entry("WRONG_SHAPE.png", TestImages.pngOfSide(TestImages.SIDE + 1)),
            entry("TOO_MANY_PIXELS.png", TestImages.pngOfSide(100)),
            entry("TOO_MANY_BYTES.png", new byte[100_000]));

    private static final String TOMBSTONE = "EMPTY_VALUE-null.png";

    private static final Map<String, String> CONTENT_TYPES = Map.of(
            "png", "image/png",
            "jpg", "image/jpeg",
            "tensor", "application/x-catrs-tensor",
            "gif", "image/gif");

    private EmbeddedBroker broker;
    private CertifierProcess service;
    private Map<String, ConsumerRecord<String, byte[]>> predictions;
    private Map<String, ConsumerRecord<String, byte[]>> rejections;
    private List<String> answeredKeys;

    @BeforeAll
    void sendImagesAndCollectAnswers(@TempDir Path work) {
        broker = EmbeddedBroker.start(work.resolve("broker"), ForkPorts.free());
        service = CertifierProcess.start(
                work,
                broker.bootstrapServers(),
                Map.of("n", "" + N, "n0", "" + N0, "image.max.bytes", "50000", "image.max.pixels", "1000"));
        try (ImageProducer producer = new ImageProducer(broker.bootstrapServers())) {
            CERTIFIED.forEach((key, value) -> producer.send(key, value, headers(key)));
            UNDECIDED.forEach((key, value) -> producer.send(key, value, headers(key)));
            REJECTED.forEach((key, value) -> producer.send(key, value, headers(key)));
            producer.send(TOMBSTONE, null, headers(TOMBSTONE));
        }
        collectAnswers(CERTIFIED.size() + UNDECIDED.size(), REJECTED.size() + 1);
    }

    private void collectAnswers(int certifiable, int uncertifiable) {
        try (CommittedRecords predicted =
                        new CommittedRecords(broker.bootstrapServers(), Topics.CERTIFIED_PREDICTIONS);
                CommittedRecords rejected = new CommittedRecords(broker.bootstrapServers(), Topics.IMAGES_REJECTED)) {
            predictions = byKey(predicted.pollUntil(LIMIT, records -> records.size() >= certifiable));
            rejections = byKey(rejected.pollUntil(LIMIT, records -> records.size() >= uncertifiable));
            answeredKeys = new ArrayList<>();
            predicted.pollToEnd(LIMIT).forEach(answer -> answeredKeys.add(answer.key()));
            rejected.pollToEnd(LIMIT).forEach(answer -> answeredKeys.add(answer.key()));
        }
    }

    @AfterAll
    void stop() {
        service.close();
        broker.close();
    }

    @Test
    void shouldAnswerEveryImageExactlyOnce() {
        assertThat(answeredKeys)
                .containsExactlyInAnyOrderElementsOf(keys(CERTIFIED.keySet(), UNDECIDED.keySet(), REJECTED.keySet()));
    }

    @Test
    void shouldCertifyBrightAndDarkImagesInEveryEncoding() throws IOException {
        for (String key : CERTIFIED.keySet()) {
            JsonNode prediction = prediction(key);
            assertThat(prediction.path("outcome").asText()).as(key).isEqualTo("CERTIFIED");
            assertThat(prediction.path("className").asText()).isEqualTo(key.startsWith("bright") ? "bright" : "dark");
            assertThat(prediction.path("label").asInt(-1)).isEqualTo(key.startsWith("bright") ? 1 : 0);
            // 0.5 * scipy.stats.norm.ppf(scipy.stats.beta.ppf(0.001, 1000, 1)) = 1.23163: all 1,000 samples agree.
            assertThat(prediction.path("radius").asDouble()).isBetween(1.2315, 1.2317);
            assertThat(prediction.path("n").asLong()).isEqualTo(N);
            assertThat(prediction.path("seed").asText()).matches("[0-9a-f]{32}");
            assertThat(prediction.path("model").path("name").asText()).isEqualTo("brightness");
        }
    }

    @Test
    void shouldSayInEveryEncodingThatItIsTheSameImage() throws IOException {
        assertThat(prediction("bright.png").path("imageSha256").asText())
                .matches("[0-9a-f]{64}")
                .isEqualTo(prediction("bright.tensor").path("imageSha256").asText())
                .isNotEqualTo(prediction("dark.tensor").path("imageSha256").asText());
    }

    @Test
    void shouldAbstainFromAnImageBetweenTheClasses() throws IOException {
        List<String> outcomes = new ArrayList<>();
        for (String key : UNDECIDED.keySet()) {
            outcomes.add(prediction(key).path("outcome").asText());
        }
        // Each is certified with a probability of at most alpha = 0.001, and that is no error.
        assertThat(outcomes).contains("ABSTAINED");
    }

    @Test
    void shouldCarryTheTrueLabelAndTheTrace() throws IOException {
        assertThat(prediction("bright.png").path("trueLabel").asInt(-1)).isEqualTo(1);
        assertThat(prediction("bright.tensor").path("trueLabel").isNull()).isTrue();
        assertThat(header(predictions.get("bright.png"), "traceparent"))
                .isEqualTo(headers("bright.png").get("traceparent"));
    }

    @ParameterizedTest
    @CsvSource({
        "CORRUPT_IMAGE.png, decode",
        "CORRUPT_IMAGE-truncated.png, decode",
        "CORRUPT_IMAGE-short.tensor, decode",
        "CORRUPT_IMAGE-is-jpeg.png, decode",
        "UNKNOWN_CONTENT_TYPE.gif, intake",
        "UNKNOWN_CONTENT_TYPE, intake",
        "EMPTY_VALUE.png, intake",
        "EMPTY_VALUE-null.png, intake",
        "WRONG_SHAPE.png, decode",
        "TOO_MANY_PIXELS.png, decode",
        "TOO_MANY_BYTES.png, intake",
    })
    void shouldRejectWithTheReasonAndTheImageAsItCame(String key, String stage) {
        ConsumerRecord<String, byte[]> rejection = rejections.get(key);
        assertThat(rejection).as(key).isNotNull();
        assertThat(rejection.value()).isEqualTo(REJECTED.get(key));
        assertThat(header(rejection, "catrs.error.reason")).isEqualTo(key.replaceAll("[-.].*", ""));
        assertThat(header(rejection, "catrs.error.stage")).isEqualTo(stage);
        assertThat(header(rejection, "content-type")).isEqualTo(headers(key).get("content-type"));
        assertThat(header(rejection, "__streams.errors.topic")).isEqualTo(Topics.IMAGES);
        assertThat(header(rejection, "__streams.errors.message")).isNotBlank();
        assertThat(header(rejection, "__streams.errors.offset")).matches("\\d+");
    }

    @Test
    void shouldCountWhatItAnswered() throws IOException, InterruptedException {
        Metrics metrics = service.metrics();
        double certified = metrics.sum("catrs_images_certified_total");
        double abstained = metrics.sum("catrs_images_abstained_total");
        assertThat(metrics.sum("catrs_images_received_total"))
                .isEqualTo(CERTIFIED.size() + UNDECIDED.size() + REJECTED.size() + 1)
                .isEqualTo(certified + abstained + metrics.sum("catrs_images_rejected_total"));
        assertThat(certified).isBetween((double) CERTIFIED.size(), CERTIFIED.size() + UNDECIDED.size() - 1.0);
        assertThat(metrics.sum("catrs_images_rejected_total", "reason=\"CORRUPT_IMAGE\""))
                .isEqualTo(4);
        assertThat(metrics.sum("catrs_images_rejected_total", "reason=\"EMPTY_VALUE\""))
                .isEqualTo(2);
        assertThat(metrics.sum("catrs_noise_samples_total")).isEqualTo((N + N0) * (certified + abstained));
        assertThat(metrics.sum("catrs_radius_count")).isEqualTo(certified);
        assertThat(metrics.sum("catrs_model_info", "model=\"brightness\"")).isEqualTo(1);
    }

    @Test
    void shouldLogEachRejectionWithTheIdOfItsImage() {
        assertThat(service.log()).contains(rejections.keySet());
    }

    private JsonNode prediction(String key) throws IOException {
        assertThat(predictions).containsKey(key);
        return JSON.readTree(predictions.get(key).value());
    }

    private static Map<String, String> headers(String key) {
        Map<String, String> headers = new TreeMap<>();
        headers.put("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        if (key.contains(".")) {
            headers.put("content-type", CONTENT_TYPES.get(key.substring(key.lastIndexOf('.') + 1)));
        }
        if (key.equals("bright.png")) {
            headers.put("true-label", "1");
        }
        return headers;
    }

    private static @Nullable String header(ConsumerRecord<String, byte[]> answer, String name) {
        var header = answer.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    @SafeVarargs
    private static List<String> keys(Set<String>... sets) {
        List<String> keys = new ArrayList<>(List.of(TOMBSTONE));
        Arrays.stream(sets).forEach(keys::addAll);
        return keys;
    }

    private static Map<String, ConsumerRecord<String, byte[]>> byKey(List<ConsumerRecord<String, byte[]>> records) {
        return records.stream().collect(toMap(ConsumerRecord::key, answer -> answer, (first, second) -> first));
    }
}
