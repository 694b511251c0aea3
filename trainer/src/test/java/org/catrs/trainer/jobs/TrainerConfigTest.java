// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.catrs.schemas.InvalidDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainerConfigTest {
    private static final Map<String, String> NEEDED = Map.of(
            "bootstrap.servers",
            "localhost:9092",
            "model.store",
            "s3://bucket/models/",
            "model.signing.key",
            "key.pem");

    @Test
    void shouldHaveTheseDefaults() {
        TrainerConfig config = TrainerConfig.of(NEEDED);

        assertThat(config.store()).isEqualTo(URI.create("s3://bucket/models/"));
        assertThat(config.signingKey()).isEqualTo(Path.of("key.pem"));
        assertThat(config.data()).isNull();
        assertThat(config.jobsTopic()).isEqualTo("training-jobs");
        assertThat(config.statusTopic()).isEqualTo("training-status");
        assertThat(config.modelsTopic()).isEqualTo("models");
        assertThat(config.checkpointInterval()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.maxAttempts()).isEqualTo(5);
        assertThat(config.estimateImages()).isEqualTo(100);
        assertThat(config.estimateSamples()).isEqualTo(100);
        assertThat(config.http().getPort()).isEqualTo(8081);
        assertThat(config.group()).isEqualTo("catrs-trainer");
    }

    @Test
    void shouldNameAllProblemsAtOnce() {
        assertThatThrownBy(() -> TrainerConfig.of(Map.of("http.port", "70000")))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContainingAll("bootstrap.servers", "model.store", "model.signing.key", "http.port");
    }

    @ParameterizedTest
    @CsvSource({
        "model.store, models",
        "model.store, 'file:///my models/'",
        "schema.registry.url, registry",
        "events.format, xml",
        "checkpoint.seconds, 0",
        "job.max.attempts, 0",
        "estimate.images, 0",
        "estimate.samples, 100001",
        "models.topic, training-jobs",
        "status.topic, ''"
    })
    void shouldRefuseWhatCannotBe(String key, String value) {
        Map<String, String> properties = new HashMap<>(NEEDED);
        properties.put(key, value);

        assertThatThrownBy(() -> TrainerConfig.of(properties))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(key);
    }

    @Test
    void shouldPassKafkasSettingsOnAndNameTheUnknown() {
        Map<String, String> properties = new HashMap<>(NEEDED);
        properties.put("security.protocol", "SSL");
        properties.put("consumer.fetch.min.bytes", "7");
        properties.put("modle.store", "x");
        TrainerClients clients = new TrainerClients(TrainerConfig.of(properties));

        assertThat(clients.admin())
                .containsEntry("security.protocol", "SSL")
                .doesNotContainKeys("consumer.fetch.min.bytes", "modle.store", "model.store");
        assertThat(clients.unknownKeys()).containsExactly("modle.store");
    }
}
