// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.catrs.certifier.stream.service.CertifierService;
import org.catrs.certifier.stream.settings.CertifierConfig;
import org.catrs.local.broker.EmbeddedBroker;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.topic.Topics;
import org.catrs.tests.ForkPorts;
import org.catrs.tests.stream.CertifierProcess;
import org.catrs.tests.stream.CommittedRecords;
import org.catrs.tests.stream.ImageProducer;
import org.catrs.tests.stream.TestImages;
import org.catrs.tests.stream.TestReleases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two services with one application id and other topics, or another model. */
final class LiveInstancesTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private static Path work;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.start(work.resolve("broker"), ForkPorts.free());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("photos", 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void shouldRefuseOtherTopicsAnotherModelAndAnotherNoiseKeyAndSayWhoDiffersInWhat() throws Exception {
        Path other = Files.createDirectories(work.resolve("other"));
        for (String file : new String[] {"model.json", "model.onnx"}) {
            Files.copy(CertifierProcess.BRIGHTNESS.resolve(file), other.resolve(file));
        }
        String manifest = Files.readString(other.resolve("model.json"));
        Files.writeString(other.resolve("model.json"), manifest.replace("\"brightness\"", "\"darkness\""));
        try (CertifierService first = service(Map.of())) {
            assertThat(refusal(Map.of("images.topic", "photos")))
                    .startsWith("the instance ")
                    .contains("has the same application.id 'shared', but images.topic is photos here and images there;")
                    .contains("instances.may.differ=true");
            assertThat(refusal(Map.of("predictions.topic", "photos"))).contains("predictions.topic is photos here");
            assertThat(refusal(Map.of("model", other.toString())))
                    .contains("default model is darkness ")
                    .contains(" here and brightness ");
            assertThat(refusal(Map.of("noise.key", noiseKey().toString())))
                    .contains("noise key is ")
                    .contains(" here and none there");
            try (CertifierService alike = service(Map.of());
                    CertifierService changed =
                            service(Map.of("model", other.toString(), "instances.may.differ", "true"));
                    CertifierService elsewhere =
                            service(Map.of("images.topic", "photos", "application.id", "another"))) {
                assertThat(new Object[] {first, alike, changed, elsewhere}).doesNotContainNull();
            }
        }
        try (CertifierService next = service(Map.of("images.topic", "photos"))) {
            assertThat(next).as("nobody lives who differs").isNotNull();
        }
    }

    @Test
    @Tag("faults")
    void shouldLetAnotherModelInOnceAKilledInstanceIsGone() throws Exception {
        Path folder = Files.createDirectories(work.resolve("killed"));
        try (TestReleases releases = new TestReleases(folder, broker.bootstrapServers());
                CertifierProcess killed =
                        CertifierProcess.start(folder, broker.bootstrapServers(), Map.of("application.id", "killed"))) {
            killed.killForcibly();
            Map<String, String> settings = new HashMap<>(releases.settings());
            settings.put("application.id", "killed");
            releases.send(
                    releases.store(TestReleases.NAME, 2, TestReleases.network(2).toByteArray()));
            try (CertifierProcess second = CertifierProcess.launch(folder, broker.bootstrapServers(), settings);
                    ImageProducer producer = new ImageProducer(broker.bootstrapServers());
                    CommittedRecords answers =
                            new CommittedRecords(broker.bootstrapServers(), Topics.CERTIFIED_PREDICTIONS)) {
                second.awaitReady();
                producer.sendPng("image", TestImages.png(200));
                producer.flush();
                answers.pollUntil(LIMIT, all -> !all.isEmpty());
            }
        }
    }

    private static Path noiseKey() throws Exception {
        byte[] key = KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        return Files.writeString(
                work.resolve("noise.pem"),
                "-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(key)
                        + "\n-----END PRIVATE KEY-----\n");
    }

    private static String refusal(Map<String, String> settings) {
        Throwable failure = catchThrowable(() -> service(settings).close());
        assertThat(failure).isInstanceOf(InvalidDataException.class);
        assertThat(failure.getMessage()).doesNotContain("\n");
        return failure.getMessage();
    }

    private static CertifierService service(Map<String, String> further) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "application.id", "shared",
                "model", CertifierProcess.BRIGHTNESS.toString(),
                "inference.optimization", "extended",
                "inference.batch", "64",
                "inference.threads", "1",
                "rates.enabled", "false",
                "http.host", "127.0.0.1",
                "http.port", "0",
                "n", "100"));
        settings.putAll(further);
        return CertifierService.start(CertifierConfig.of(settings));
    }
}
