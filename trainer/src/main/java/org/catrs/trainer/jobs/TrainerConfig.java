// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.NO_DEFAULT_VALUE;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.catrs.program.settings.CommonSettings;
import org.catrs.program.settings.Declarations;
import org.catrs.program.settings.KafkaKeys;
import org.catrs.program.settings.SettingProblems;
import org.catrs.program.settings.Validators;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.Event;
import org.catrs.schemas.event.TrainingJob;
import org.catrs.schemas.serde.EventSerdes;
import org.catrs.schemas.topic.Topics;
import org.jspecify.annotations.Nullable;

/** The trainer service's configuration: its own settings, checked, and Kafka's as they were given. Immutable. */
public final class TrainerConfig {
    private static final String DEFAULT_GROUP = "catrs-trainer";

    private static final String STORE = "model.store";
    private static final String SIGNING_KEY = "model.signing.key";
    private static final String DATA = "data";
    private static final String JOBS_TOPIC = "jobs.topic";
    private static final String STATUS_TOPIC = "status.topic";
    private static final String MODELS_TOPIC = "models.topic";
    private static final String CHECKPOINT_SECONDS = "checkpoint.seconds";
    private static final String MAX_ATTEMPTS = "job.max.attempts";
    private static final String ESTIMATE_IMAGES = "estimate.images";
    private static final String ESTIMATE_SAMPLES = "estimate.samples";

    /** The keys of all topics; each needs a name of its own. */
    private static final List<String> TOPICS = List.of(JOBS_TOPIC, STATUS_TOPIC, MODELS_TOPIC);

    private static final CommonSettings COMMON =
            new CommonSettings("events.format", "status records and releases; jobs may come in either", 8081);

    private static final @Nullable Object NONE = null;

    private static final ConfigDef DEFINITION = definition();

    /** Those of Kafka that have an option. */
    private static final ConfigDef KAFKA = new ConfigDef()
            .define(
                    CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                    ConfigDef.Type.LIST,
                    NO_DEFAULT_VALUE,
                    HIGH,
                    "Addresses of the brokers, HOST:PORT, separated by commas.")
            .define(
                    CommonClientConfigs.GROUP_ID_CONFIG,
                    ConfigDef.Type.STRING,
                    DEFAULT_GROUP,
                    HIGH,
                    "Name that the instances which share the work have in common.");

    private final AbstractConfig own;
    private final Map<String, String> kafka;

    private TrainerConfig(AbstractConfig own, Map<String, String> kafka) {
        this.own = own;
        this.kafka = kafka;
    }

    private static ConfigDef definition() {
        ConfigDef definition = new ConfigDef();
        defineModels(definition);
        defineTopics(definition);
        defineWork(definition);
        COMMON.define(definition);
        return definition;
    }

    private static void defineModels(ConfigDef definition) {
        definition
                .define(
                        STORE,
                        ConfigDef.Type.STRING,
                        NO_DEFAULT_VALUE,
                        Validators.absoluteUri(),
                        HIGH,
                        "Folder or bucket that models and checkpoints are kept in, such as file:///srv/models/ or"
                                + " s3://bucket/models/; the same for all instances.")
                .define(
                        SIGNING_KEY,
                        ConfigDef.Type.STRING,
                        NO_DEFAULT_VALUE,
                        new NonEmptyString(),
                        HIGH,
                        "File with the private Ed25519 key that models are signed with, as 'openssl genpkey -algorithm"
                                + " ed25519' writes it.")
                .define(
                        DATA,
                        ConfigDef.Type.STRING,
                        NONE,
                        HIGH,
                        "Folder that holds the data sets' files; not needed for digits.");
    }

    private static void defineTopics(ConfigDef definition) {
        definition
                .define(
                        JOBS_TOPIC,
                        ConfigDef.Type.STRING,
                        Topics.TRAINING_JOBS,
                        new NonEmptyString(),
                        MEDIUM,
                        "Topic that jobs are read from; at most one job of each of its partitions is worked at.")
                .define(
                        STATUS_TOPIC,
                        ConfigDef.Type.STRING,
                        Topics.TRAINING_STATUS,
                        new NonEmptyString(),
                        MEDIUM,
                        "Topic that is told what becomes of jobs.")
                .define(
                        MODELS_TOPIC,
                        ConfigDef.Type.STRING,
                        Topics.MODELS,
                        new NonEmptyString(),
                        MEDIUM,
                        "Topic that releases are sent to.");
    }

    private static void defineWork(ConfigDef definition) {
        definition
                .define(
                        CHECKPOINT_SECONDS,
                        ConfigDef.Type.INT,
                        60,
                        Range.between(1, 86_400),
                        MEDIUM,
                        "Longest time between two checkpoints; there is one at the end of each epoch, too.")
                .define(
                        MAX_ATTEMPTS,
                        ConfigDef.Type.INT,
                        5,
                        Range.atLeast(1),
                        MEDIUM,
                        "How many instances may die at a job, without a checkpoint in between, before it fails.")
                .define(
                        ESTIMATE_IMAGES,
                        ConfigDef.Type.INT,
                        100,
                        Range.atLeast(1),
                        LOW,
                        "Images of the test split on which certified accuracy is estimated after each epoch.")
                .define(
                        ESTIMATE_SAMPLES,
                        ConfigDef.Type.INT,
                        100,
                        Range.between(1, 100_000),
                        LOW,
                        "Noisy copies of each of them.");
    }

    /** The trainer's settings, in the order in which they are worth reading. */
    public static Declarations declarations() {
        return new Declarations(DEFINITION, KAFKA, TrainerConfig::optionName, KafkaKeys::isKnown);
    }

    private static String optionName(String key) {
        return key.equals(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG) ? "bootstrap.server" : key;
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
        AbstractConfig own = new SettingProblems(DEFINITION, properties)
                .with(missing)
                .withEqualTopics(TOPICS)
                .orConfig();
        return new TrainerConfig(own, Map.copyOf(kafka));
    }

    /** Folder of the data sets; null where none is given. */
    public @Nullable Path data() {
        String data = own.getString(DATA);
        return data == null ? null : Path.of(data);
    }

    URI store() {
        return URI.create(own.getString(STORE));
    }

    Path signingKey() {
        return Path.of(own.getString(SIGNING_KEY));
    }

    String jobsTopic() {
        return own.getString(JOBS_TOPIC);
    }

    String statusTopic() {
        return own.getString(STATUS_TOPIC);
    }

    String modelsTopic() {
        return own.getString(MODELS_TOPIC);
    }

    /** Reads jobs in any format. */
    Deserializer<TrainingJob> jobs() {
        return EventSerdes.deserializer(TrainingJob.class, CommonSettings.registry(own));
    }

    /** Writes events in the format that is asked for. */
    <E extends Record & Event> Serializer<E> events(Class<E> type) {
        return COMMON.serializer(type, own);
    }

    Duration checkpointInterval() {
        return Duration.ofSeconds(own.getInt(CHECKPOINT_SECONDS));
    }

    int maxAttempts() {
        return own.getInt(MAX_ATTEMPTS);
    }

    int estimateImages() {
        return own.getInt(ESTIMATE_IMAGES);
    }

    int estimateSamples() {
        return own.getInt(ESTIMATE_SAMPLES);
    }

    InetSocketAddress http() {
        return CommonSettings.http(own);
    }

    String group() {
        return kafka.getOrDefault(ConsumerConfig.GROUP_ID_CONFIG, DEFAULT_GROUP);
    }

    /** Kafka's settings as they were given, with a group. */
    Map<String, String> kafka() {
        return kafka;
    }
}
