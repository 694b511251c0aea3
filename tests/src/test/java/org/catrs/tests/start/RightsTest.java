// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.catrs.certifier.stream.service.CertifierService;
import org.catrs.certifier.stream.settings.CertifierConfig;
import org.catrs.program.service.BrokerAccess;
import org.catrs.program.service.Brokers;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.topic.Topics;
import org.catrs.tests.stream.CommittedRecords;
import org.catrs.tests.stream.TestImages;
import org.catrs.tests.stream.TestReleases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rights that OPERATING.md lists suffice, and each is needed. */
final class RightsTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private static Path work;

    private static SecuredBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = SecuredBroker.start(work, TestKeys.make(work, "broker", "-1d", 10));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void shouldCertifyAndTellRatesWithTheRightsOfTheTable() throws Exception {
        List<AclBinding> rights = new ArrayList<>(RightsTable.of("certifier"));
        rights.addAll(RightsTable.of("producer"));
        broker.grantOnly(rights);
        try (TestReleases releases = new TestReleases(work, broker.plainAddress());
                CertifierService service = CertifierService.start(config(releases, Map.of()));
                KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                        new HashMap<String, Object>(broker.loginOf("producer")),
                        new StringSerializer(),
                        new ByteArraySerializer());
                CommittedRecords statuses = new CommittedRecords(broker.plainAddress(), Topics.MODEL_STATUS);
                CommittedRecords answers = new CommittedRecords(broker.plainAddress(), Topics.CERTIFIED_PREDICTIONS);
                CommittedRecords rejections = new CommittedRecords(broker.plainAddress(), Topics.IMAGES_REJECTED)) {
            releases.send(
                    releases.store(TestReleases.NAME, 2, TestReleases.network(2).toByteArray()));
            producer.send(image("good", TestImages.png(200))).get();
            producer.send(image("bad", new byte[] {1})).get();
            answers.pollUntil(LIMIT, all -> !all.isEmpty());
            rejections.pollUntil(LIMIT, all -> !all.isEmpty());
            statuses.pollUntil(LIMIT, all -> !all.isEmpty());
            await("rates are counted by a group of their own")
                    .atMost(LIMIT)
                    .until(() -> offsets("catrs-certifier-images-rates") > 0);
            await("the records between its steps are deleted")
                    .atMost(LIMIT)
                    .until(() -> broker.admin().listTopics().names().get().stream()
                                    .filter(topic -> topic.startsWith("catrs-certifier-images-rates-"))
                                    .count()
                            >= 3);
        }
    }

    @Test
    void shouldNameEachRightThatACertifierLacks() throws Exception {
        List<AclBinding> rights = RightsTable.of("certifier");
        assertThat(rights).hasSizeGreaterThan(10);
        try (TestReleases releases = new TestReleases(work, broker.plainAddress())) {
            for (AclBinding right : rights) {
                if (!isOfRates(right) && right.entry().operation() != AclOperation.DESCRIBE_CONFIGS) {
                    broker.grantOnly(without(rights, right));
                    Throwable failure = catchThrowable(() ->
                            CertifierService.start(config(releases, Map.of())).close());
                    assertThat(failure)
                            .as("without " + right)
                            .isInstanceOf(InvalidDataException.class)
                            .hasMessageContaining("User:certifier may not " + lacking(right))
                            .hasMessageContaining("--add --allow-principal 'User:certifier' --operation "
                                    + right.entry().operation());
                }
            }
        }
    }

    @Test
    void shouldNameEachRightThatTrainersProducersConsumersAndOperatorsLack() throws Exception {
        Map<String, BrokerAccess> needed = Map.of(
                "trainer",
                BrokerAccess.none()
                        .reading(Topics.TRAINING_JOBS)
                        .writing(Topics.TRAINING_STATUS, Topics.MODELS)
                        .joining("catrs-trainer")
                        .transacting("catrs-trainer"),
                "producer",
                BrokerAccess.none().writing(Topics.IMAGES),
                "consumer",
                BrokerAccess.none().reading(Topics.CERTIFIED_PREDICTIONS, Topics.IMAGES_REJECTED),
                "operator",
                BrokerAccess.none()
                        .reading(Topics.MODELS, Topics.MODEL_STATUS, Topics.TRAINING_STATUS)
                        .writing(Topics.MODELS, Topics.TRAINING_JOBS));
        for (Map.Entry<String, BrokerAccess> user : needed.entrySet()) {
            List<AclBinding> rights = RightsTable.of(user.getKey());
            broker.grantOnly(rights);
            try (Brokers brokers = Brokers.connect(broker.loginOf(user.getKey()))) {
                brokers.require(user.getValue());
                for (AclBinding right : rights) {
                    broker.grantOnly(without(rights, right));
                    assertThat(catchThrowable(() -> brokers.require(user.getValue())))
                            .as("without " + right)
                            .isInstanceOf(InvalidDataException.class)
                            .hasMessageStartingWith("User:" + user.getKey() + " may not " + lacking(right) + " at "
                                    + broker.loginAddress());
                }
            }
        }
    }

    @Test
    void shouldListAllThatIsLackingAtOnce() throws Exception {
        broker.grantOnly(List.of());
        try (TestReleases releases = new TestReleases(work, broker.plainAddress())) {
            assertThat(catchThrowable(() ->
                            CertifierService.start(config(releases, Map.of())).close()))
                    .hasMessageContainingAll(
                            "READ topic 'images'",
                            "WRITE topic 'images-rejected'",
                            "WRITE topic 'certified-predictions'",
                            "READ topic 'models'",
                            "WRITE topic 'model-status'",
                            "READ group 'catrs-certifier-images'",
                            "WRITE transactional id 'catrs-certifier-images'");
        }
    }

    private static CertifierConfig config(TestReleases releases, Map<String, String> further) {
        Map<String, String> settings = new HashMap<>(releases.settings());
        settings.putAll(broker.loginOf("certifier"));
        settings.put("http.host", "127.0.0.1");
        settings.put("http.port", "0");
        settings.put("n", "1000");
        settings.putAll(further);
        return CertifierConfig.of(settings);
    }

    private static ProducerRecord<String, byte[]> image(String key, byte[] value) {
        ProducerRecord<String, byte[]> image = new ProducerRecord<>(Topics.IMAGES, key, value);
        image.headers().add("content-type", "image/png".getBytes(StandardCharsets.US_ASCII));
        return image;
    }

    private static long offsets(String group) throws Exception {
        return broker
                .admin()
                .listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(LIMIT.toSeconds(), TimeUnit.SECONDS)
                .values()
                .stream()
                .mapToLong(offset -> offset == null ? 0 : offset.offset())
                .sum();
    }

    /** These do not keep images from being certified. */
    private static boolean isOfRates(AclBinding right) {
        String name = right.pattern().name();
        boolean readsAnswers = right.entry().operation() == AclOperation.READ
                && (name.equals(Topics.CERTIFIED_PREDICTIONS) || name.equals(Topics.IMAGES_REJECTED));
        return readsAnswers
                || name.equals(Topics.CERTIFICATION_RATES)
                || name.equals(Topics.SHIFT_EVENTS)
                || right.pattern().resourceType() == ResourceType.TOPIC && name.startsWith("catrs-");
    }

    private static String lacking(AclBinding right) {
        return right.entry().operation() + " "
                + right.pattern().resourceType().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " '"
                + right.pattern().name() + "'";
    }

    private static List<AclBinding> without(List<AclBinding> rights, AclBinding right) {
        return rights.stream().filter(other -> !other.equals(right)).toList();
    }
}
