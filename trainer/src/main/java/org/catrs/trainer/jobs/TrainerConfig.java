// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.Event;
import org.catrs.schemas.event.TrainingJob;
import org.catrs.schemas.serde.EventFormat;
import org.catrs.schemas.serde.EventSerdes;
import org.jspecify.annotations.Nullable;

/** The trainer service's configuration: its own settings, checked, and Kafka's as they were given. Immutable. */
public final class TrainerConfig {
    private static final ConfigDef DEFINITION = TrainerSettings.definition();
    static final String DEFAULT_GROUP = "catrs-trainer";

    private final Map<String, Object> own;
    private final Map<String, String> kafka;

    private TrainerConfig(Map<String, Object> own, Map<String, String> kafka) {
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
        List<String> problems = new ArrayList<>();
        DEFINITION.validate(properties).forEach(value -> problems.addAll(value.errorMessages()));
        if (!kafka.containsKey(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG)) {
            problems.add("Missing required configuration \"" + ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG
                    + "\" which has no default value.");
        }
        addUriProblem(properties, TrainerSettings.STORE, problems);
        addUriProblem(properties, TrainerSettings.SCHEMA_REGISTRY, problems);
        addTopicProblem(properties, problems);
        if (!problems.isEmpty()) {
            throw new InvalidDataException("the configuration cannot be used:" + System.lineSeparator() + "  "
                    + String.join(System.lineSeparator() + "  ", problems));
        }
        return new TrainerConfig(DEFINITION.parse(properties), Map.copyOf(kafka));
    }

    private static void addUriProblem(Map<String, String> properties, String key, List<String> problems) {
        String value = properties.get(key);
        if (value == null) {
            return;
        }
        try {
            if (URI.create(value).isAbsolute()) {
                return;
            }
            problems.add("Invalid value " + value + " for configuration " + key + ": it needs a scheme, as file:///");
        } catch (IllegalArgumentException e) {
            problems.add("Invalid value " + value + " for configuration " + key + ": " + e.getMessage());
        }
    }

    private static void addTopicProblem(Map<String, String> properties, List<String> problems) {
        Set<String> seen = new HashSet<>();
        for (String key :
                List.of(TrainerSettings.JOBS_TOPIC, TrainerSettings.STATUS_TOPIC, TrainerSettings.MODELS_TOPIC)) {
            String topic = properties.getOrDefault(
                    key, (String) DEFINITION.defaultValues().get(key));
            if (!seen.add(topic)) {
                problems.add("Invalid value " + topic + " for configuration " + key
                        + ": another topic has this name already");
            }
        }
    }

    /** Folder of the data sets; null where none is given. */
    public @Nullable Path data() {
        String data = (String) own.get(TrainerSettings.DATA);
        return data == null ? null : Path.of(data);
    }

    URI store() {
        return URI.create(text(TrainerSettings.STORE));
    }

    Path signingKey() {
        return Path.of(text(TrainerSettings.SIGNING_KEY));
    }

    String jobsTopic() {
        return text(TrainerSettings.JOBS_TOPIC);
    }

    String statusTopic() {
        return text(TrainerSettings.STATUS_TOPIC);
    }

    String modelsTopic() {
        return text(TrainerSettings.MODELS_TOPIC);
    }

    /** Reads jobs in any format. */
    Deserializer<TrainingJob> jobs() {
        return EventSerdes.deserializer(TrainingJob.class, registry());
    }

    /** Writes events in the format that is asked for. */
    <E extends Record & Event> Serializer<E> events(Class<E> type) {
        EventFormat format =
                EventFormat.valueOf(text(TrainerSettings.EVENTS_FORMAT).toUpperCase(Locale.ROOT));
        return EventSerdes.serializer(type, format, registry());
    }

    Duration checkpointInterval() {
        return Duration.ofSeconds(number(TrainerSettings.CHECKPOINT_SECONDS));
    }

    int maxAttempts() {
        return number(TrainerSettings.MAX_ATTEMPTS);
    }

    int estimateImages() {
        return number(TrainerSettings.ESTIMATE_IMAGES);
    }

    int estimateSamples() {
        return number(TrainerSettings.ESTIMATE_SAMPLES);
    }

    InetSocketAddress http() {
        return new InetSocketAddress(text(TrainerSettings.HTTP_HOST), number(TrainerSettings.HTTP_PORT));
    }

    String group() {
        return kafka.getOrDefault(ConsumerConfig.GROUP_ID_CONFIG, DEFAULT_GROUP);
    }

    /** Kafka's settings as they were given, with a group. */
    Map<String, String> kafka() {
        return kafka;
    }

    private @Nullable URI registry() {
        String registry = (String) own.get(TrainerSettings.SCHEMA_REGISTRY);
        return registry == null ? null : URI.create(registry);
    }

    private Object value(String key) {
        Object value = own.get(key);
        if (value == null) {
            throw new IllegalStateException("setting " + key + " has no value");
        }
        return value;
    }

    private String text(String key) {
        return (String) value(key);
    }

    private int number(String key) {
        return (Integer) value(key);
    }
}
