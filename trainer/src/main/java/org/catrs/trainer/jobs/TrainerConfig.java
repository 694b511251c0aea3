// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.catrs.program.settings.EncodingSettings;
import org.catrs.program.settings.HttpSettings;
import org.catrs.program.settings.SettingProblems;
import org.catrs.program.settings.SettingValues;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.Event;
import org.catrs.schemas.event.TrainingJob;
import org.catrs.schemas.serde.EventSerdes;
import org.jspecify.annotations.Nullable;

/** The trainer service's configuration: its own settings, checked, and Kafka's as they were given. Immutable. */
public final class TrainerConfig {
    private static final ConfigDef DEFINITION = TrainerSettings.definition();
    static final String DEFAULT_GROUP = "catrs-trainer";

    private final SettingValues own;
    private final Map<String, String> kafka;

    private TrainerConfig(SettingValues own, Map<String, String> kafka) {
        this.own = own;
        this.kafka = kafka;
    }

    /** The trainer's own settings, in the order in which they are worth reading. */
    public static Collection<ConfigDef.ConfigKey> settings() {
        return DEFINITION.configKeys().values();
    }

    /**
     * Checks properties.
     *
     * @throws InvalidDataException when settings are missing or out of range; the message lists all of them
     */
    public static TrainerConfig of(Map<String, String> properties) {
        Map<String, String> kafka = new TreeMap<>(properties);
        kafka.keySet().removeAll(DEFINITION.names());
        kafka.putIfAbsent(ConsumerConfig.GROUP_ID_CONFIG, DEFAULT_GROUP);
        List<String> missing = kafka.containsKey(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG)
                ? List.of()
                : List.of("Missing required configuration \"" + ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG
                        + "\" which has no default value.");
        SettingValues own = new SettingProblems(DEFINITION, properties)
                .with(missing)
                .withEqualTopics(TrainerSettings.TOPICS)
                .orValues();
        return new TrainerConfig(own, Map.copyOf(kafka));
    }

    /** Folder of the data sets; null where none is given. */
    public @Nullable Path data() {
        return own.fileOrNull(TrainerSettings.DATA);
    }

    URI store() {
        return URI.create(own.text(TrainerSettings.STORE));
    }

    Path signingKey() {
        return Path.of(own.text(TrainerSettings.SIGNING_KEY));
    }

    String jobsTopic() {
        return own.text(TrainerSettings.JOBS_TOPIC);
    }

    String statusTopic() {
        return own.text(TrainerSettings.STATUS_TOPIC);
    }

    String modelsTopic() {
        return own.text(TrainerSettings.MODELS_TOPIC);
    }

    /** Reads jobs in any format. */
    Deserializer<TrainingJob> jobs() {
        return EventSerdes.deserializer(TrainingJob.class, EncodingSettings.registry(own));
    }

    /** Writes events in the format that is asked for. */
    <E extends Record & Event> Serializer<E> events(Class<E> type) {
        return TrainerSettings.ENCODING.serializer(type, own);
    }

    Duration checkpointInterval() {
        return Duration.ofSeconds(own.number(TrainerSettings.CHECKPOINT_SECONDS));
    }

    int maxAttempts() {
        return own.number(TrainerSettings.MAX_ATTEMPTS);
    }

    int estimateImages() {
        return own.number(TrainerSettings.ESTIMATE_IMAGES);
    }

    int estimateSamples() {
        return own.number(TrainerSettings.ESTIMATE_SAMPLES);
    }

    InetSocketAddress http() {
        return HttpSettings.address(own);
    }

    String group() {
        return kafka.getOrDefault(ConsumerConfig.GROUP_ID_CONFIG, DEFAULT_GROUP);
    }

    /** Kafka's settings as they were given, with a group. */
    Map<String, String> kafka() {
        return kafka;
    }
}
