// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.serialization.Serializer;
import org.catrs.certifier.stream.outcome.SignedPredictions;
import org.catrs.certifier.stream.topology.TopicNames;
import org.catrs.program.settings.EncodingSettings;
import org.catrs.program.settings.SettingValues;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.signature.SigningKey;
import org.catrs.schemas.topic.Topics;
import org.jspecify.annotations.Nullable;

/** The settings of the topics of images and answers, and of how predictions are written. */
final class TopicSettings {
    private static final String IMAGES_TOPIC = "images.topic";
    private static final String PREDICTIONS_TOPIC = "predictions.topic";
    private static final String REJECTED_TOPIC = "rejected.topic";
    static final String SIGNING_KEY = "signing.key";

    /** The keys of all topics; each needs a name of its own. */
    static final List<String> TOPICS = List.of(
            IMAGES_TOPIC, PREDICTIONS_TOPIC, REJECTED_TOPIC, ReleaseSettings.TOPIC, ReleaseSettings.STATUS_TOPIC);

    private static final EncodingSettings ENCODING = new EncodingSettings("predictions.format");

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
                        "Topic that images are sent to which cannot be certified.");
        ENCODING.define(definition, "Encoding of certified predictions, json or avro.");
        definition.define(
                SIGNING_KEY,
                ConfigDef.Type.STRING,
                NONE,
                MEDIUM,
                "File of the private Ed25519 key that signs predictions (PEM, as openssl genpkey writes it);"
                        + " they are not signed without one.");
    }

    static TopicNames names(SettingValues values) {
        return new TopicNames(values.text(IMAGES_TOPIC), values.text(PREDICTIONS_TOPIC), values.text(REJECTED_TOPIC));
    }

    /** As {@link CertifierConfig#predictions}. */
    static Serializer<CertifiedPrediction> predictions(SettingValues values) {
        Serializer<CertifiedPrediction> writer = ENCODING.serializer(CertifiedPrediction.class, values);
        Path key = values.fileOrNull(SIGNING_KEY);
        return key == null ? writer : new SignedPredictions(writer, SigningKey.read(key));
    }
}
