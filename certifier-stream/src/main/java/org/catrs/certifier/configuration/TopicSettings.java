// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.configuration;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.serialization.Serializer;
import org.catrs.certifier.outcome.SignedPredictions;
import org.catrs.certifier.topology.TopicNames;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.serde.EventFormat;
import org.catrs.schemas.serde.EventSerdes;
import org.catrs.schemas.signature.SigningKey;
import org.catrs.schemas.topic.Topics;
import org.jspecify.annotations.Nullable;

/** The settings of the topics of images and answers, and of how predictions are written. */
final class TopicSettings {
    static final String IMAGES_TOPIC = "images.topic";
    static final String PREDICTIONS_TOPIC = "predictions.topic";
    static final String REJECTED_TOPIC = "rejected.topic";
    static final String PREDICTIONS_FORMAT = "predictions.format";
    static final String SCHEMA_REGISTRY = "schema.registry.url";
    static final String SIGNING_KEY = "signing.key";

    private static final @Nullable Object NONE = null;

    private TopicSettings() {}

    static void define(ConfigDef definition) {
        definition
                .define(
                        IMAGES_TOPIC,
                        ConfigDef.Type.STRING,
                        Topics.IMAGES,
                        new NonEmptyString(),
                        MEDIUM,
                        "Topic that images are read from.")
                .define(
                        PREDICTIONS_TOPIC,
                        ConfigDef.Type.STRING,
                        Topics.CERTIFIED_PREDICTIONS,
                        new NonEmptyString(),
                        MEDIUM,
                        "Topic that certified labels and abstentions are sent to.")
                .define(
                        REJECTED_TOPIC,
                        ConfigDef.Type.STRING,
                        Topics.IMAGES_REJECTED,
                        new NonEmptyString(),
                        MEDIUM,
                        "Topic that images are sent to which cannot be certified.")
                .define(
                        PREDICTIONS_FORMAT,
                        ConfigDef.Type.STRING,
                        EventFormat.JSON.toString(),
                        Validators.namesOf(EventFormat.values()),
                        MEDIUM,
                        "Encoding of certified predictions, json or avro.")
                .define(
                        SCHEMA_REGISTRY,
                        ConfigDef.Type.STRING,
                        NONE,
                        LOW,
                        "Address of a Confluent-compatible schema registry for avro; single-object encoding without"
                                + " one.")
                .define(
                        SIGNING_KEY,
                        ConfigDef.Type.STRING,
                        NONE,
                        MEDIUM,
                        "File of the private Ed25519 key that signs predictions (PEM, as openssl genpkey writes it);"
                                + " they are not signed without one.");
    }

    /** Names that two topics have. */
    static List<String> problems(Map<String, String> properties, ConfigDef definition) {
        List<String> problems = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String key : List.of(
                IMAGES_TOPIC, PREDICTIONS_TOPIC, REJECTED_TOPIC, ReleaseSettings.TOPIC, ReleaseSettings.STATUS_TOPIC)) {
            String topic = properties.getOrDefault(
                    key, (String) definition.defaultValues().get(key));
            if (!seen.add(topic)) {
                problems.add("Invalid value " + topic + " for configuration " + key
                        + ": another topic has this name already");
            }
        }
        return problems;
    }

    static TopicNames names(SettingValues values) {
        return new TopicNames(values.text(IMAGES_TOPIC), values.text(PREDICTIONS_TOPIC), values.text(REJECTED_TOPIC));
    }

    /** As {@link CertifierConfig#predictions}. */
    static Serializer<CertifiedPrediction> predictions(SettingValues values) {
        Serializer<CertifiedPrediction> writer = EventSerdes.serializer(
                CertifiedPrediction.class,
                values.constant(PREDICTIONS_FORMAT, EventFormat.class),
                schemaRegistry(values));
        Path key = values.fileOrNull(SIGNING_KEY);
        return key == null ? writer : new SignedPredictions(writer, SigningKey.read(key));
    }

    static @Nullable URI schemaRegistry(SettingValues values) {
        String registry = (String) values.orNull(SCHEMA_REGISTRY);
        return registry == null ? null : URI.create(registry);
    }
}
