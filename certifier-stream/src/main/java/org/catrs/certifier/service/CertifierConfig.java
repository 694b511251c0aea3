// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.service;

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
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.StreamsConfig;
import org.catrs.certifier.inference.options.ExecutionProvider;
import org.catrs.certifier.inference.options.InferenceOptions;
import org.catrs.certifier.inference.options.Optimization;
import org.catrs.certifier.inference.options.Precision;
import org.catrs.certifier.inference.options.Tuning;
import org.catrs.certifier.model.ModelOptions;
import org.catrs.certifier.model.ModelPlan;
import org.catrs.certifier.noise.NoiseKind;
import org.catrs.certifier.outcome.SignedPredictions;
import org.catrs.certifier.release.ReleaseOptions;
import org.catrs.certifier.smoothing.PlanRequest;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.topology.TopicNames;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.image.ImageLimits;
import org.catrs.schemas.serde.EventFormat;
import org.catrs.schemas.serde.EventSerdes;
import org.catrs.schemas.signature.SigningKey;
import org.jspecify.annotations.Nullable;

/** The service's configuration: its own settings, checked, and Kafka's as they were given. Immutable. */
public final class CertifierConfig {
    /** Application id where none is given. */
    public static final String DEFAULT_APPLICATION_ID = "catrs-certifier";

    private static final ConfigDef DEFINITION = Settings.definition();
    private static final List<String> KAFKA_PREFIXES = List.of(
            StreamsConfig.CONSUMER_PREFIX,
            StreamsConfig.MAIN_CONSUMER_PREFIX,
            StreamsConfig.RESTORE_CONSUMER_PREFIX,
            StreamsConfig.GLOBAL_CONSUMER_PREFIX,
            StreamsConfig.PRODUCER_PREFIX,
            StreamsConfig.ADMIN_CLIENT_PREFIX,
            StreamsConfig.CLIENT_TAG_PREFIX);

    private final Map<String, Object> own;
    private final Map<String, String> kafka;

    private CertifierConfig(Map<String, Object> own, Map<String, String> kafka) {
        this.own = own;
        this.kafka = kafka;
    }

    /** The certifier's own settings, in the order in which they are worth reading. */
    public static Collection<ConfigDef.ConfigKey> settings() {
        return DEFINITION.configKeys().values();
    }

    /**
     * Checks properties.
     *
     * @throws InvalidDataException when settings are missing or out of range; the message lists all of them
     */
    public static CertifierConfig of(Map<String, String> properties) {
        Map<String, String> kafka = new TreeMap<>(properties);
        kafka.keySet().removeAll(DEFINITION.names());
        kafka.putIfAbsent(StreamsConfig.APPLICATION_ID_CONFIG, DEFAULT_APPLICATION_ID);
        List<String> problems = new ArrayList<>();
        DEFINITION.validate(properties).forEach(value -> problems.addAll(value.errorMessages()));
        StreamsConfig.configDef().validate(kafka).forEach(value -> problems.addAll(value.errorMessages()));
        addGuaranteeProblem(kafka, problems);
        addThreadsProblem(kafka, problems);
        addTopicProblem(properties, problems);
        problems.addAll(ReleaseSettings.problems(properties));
        if (!problems.isEmpty()) {
            throw new InvalidDataException("the configuration cannot be used:" + System.lineSeparator() + "  "
                    + String.join(System.lineSeparator() + "  ", problems));
        }
        CertifierConfig config = new CertifierConfig(DEFINITION.parse(properties), Map.copyOf(kafka));
        config.plan();
        return config;
    }

    private static void addGuaranteeProblem(Map<String, String> kafka, List<String> problems) {
        String guarantee = kafka.getOrDefault(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        if (!guarantee.equals(StreamsConfig.EXACTLY_ONCE_V2)) {
            problems.add("Invalid value " + guarantee + " for configuration "
                    + StreamsConfig.PROCESSING_GUARANTEE_CONFIG + ": every image is answered exactly once, which needs "
                    + StreamsConfig.EXACTLY_ONCE_V2);
        }
    }

    private static void addThreadsProblem(Map<String, String> kafka, List<String> problems) {
        String threads =
                kafka.getOrDefault(StreamsConfig.NUM_STREAM_THREADS_CONFIG, "1").strip();
        if (threads.matches("0+|-\\d+")) {
            problems.add("Invalid value " + threads + " for configuration " + StreamsConfig.NUM_STREAM_THREADS_CONFIG
                    + ": Value must be at least 1");
        }
    }

    private static void addTopicProblem(Map<String, String> properties, List<String> problems) {
        Set<String> seen = new HashSet<>();
        for (String key : List.of(
                Settings.IMAGES_TOPIC,
                Settings.PREDICTIONS_TOPIC,
                Settings.REJECTED_TOPIC,
                ReleaseSettings.TOPIC,
                ReleaseSettings.STATUS_TOPIC)) {
            String topic = properties.getOrDefault(
                    key, (String) DEFINITION.defaultValues().get(key));
            if (!seen.add(topic)) {
                problems.add("Invalid value " + topic + " for configuration " + key
                        + ": another topic has this name already");
            }
        }
    }

    Path model() {
        return Path.of(text(Settings.MODEL));
    }

    /** Whether the models that are released are served, rather than one that is configured. */
    boolean servesReleases() {
        return ReleaseSettings.areGiven(own);
    }

    String defaultModel() {
        return text(ReleaseSettings.DEFAULT_MODEL);
    }

    ReleaseOptions releases() {
        return ReleaseSettings.options(this::value, modelOptions());
    }

    ModelOptions modelOptions() {
        List<String> classNames = ((List<?>) value(Settings.MODEL_CLASSES))
                .stream().map(Object::toString).toList();
        return new ModelOptions(
                (Double) own.get(Settings.SIGMA),
                (String) own.get(Settings.MODEL_NAME),
                classNames,
                inferenceOptions());
    }

    private InferenceOptions inferenceOptions() {
        String natives = (String) own.get(Settings.NATIVES);
        return new InferenceOptions(
                number(Settings.INFERENCE_THREADS),
                named(Settings.PRECISION, Precision.class),
                ExecutionProvider.parse(text(Settings.EXECUTION_PROVIDER)),
                natives == null ? null : Path.of(natives),
                new Tuning(named(Settings.OPTIMIZATION, Optimization.class), number(Settings.INFERENCE_BATCH)));
    }

    /** The constant that a setting names, or null where it has none. */
    private <E extends Enum<E>> @Nullable E named(String key, Class<E> type) {
        String name = (String) own.get(key);
        return name == null ? null : Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
    }

    /**
     * What to certify with.
     *
     * @param sigma standard deviation of the noise, in units of pixels scaled to [0, 1]
     * @param plan what the model's manifest asks for
     */
    SmoothingParameters parameters(double sigma, ModelPlan plan) {
        long n = (Long) value(Settings.N);
        Long most = (Long) own.get(Settings.N_MAX);
        return new SmoothingParameters(
                sigma,
                (Double) value(Settings.ALPHA),
                (Long) value(Settings.N0),
                plan.n(n, most == null ? n : most),
                NoiseKind.valueOf(text(Settings.NOISE).toUpperCase(Locale.ROOT)));
    }

    /**
     * How samples are spent unless a model or an image asks otherwise.
     *
     * @throws InvalidDataException when the settings contradict each other
     */
    PlanRequest plan() {
        String plan = (String) own.get(Settings.PLAN);
        return new PlanRequest(
                plan == null ? null : SamplingPlan.Kind.parse(plan),
                (Double) own.get(Settings.TARGET_RADIUS),
                (Double) own.get(Settings.RADIUS_FRACTION),
                (Double) own.get(Settings.DEADLINE));
    }

    /** Images that may wait before deadline plans stop early; 0 for any number. */
    long mostWaiting() {
        return (Long) value(Settings.BACKLOG_MAX);
    }

    TopicNames topics() {
        return new TopicNames(
                text(Settings.IMAGES_TOPIC), text(Settings.PREDICTIONS_TOPIC), text(Settings.REJECTED_TOPIC));
    }

    /**
     * Writes predictions in the format that is asked for, signed where there is a key.
     *
     * @throws InvalidDataException when the key cannot be used
     */
    Serializer<CertifiedPrediction> predictions() {
        Serializer<CertifiedPrediction> writer = EventSerdes.serializer(
                CertifiedPrediction.class,
                EventFormat.valueOf(text(Settings.PREDICTIONS_FORMAT).toUpperCase(Locale.ROOT)),
                schemaRegistry());
        Path key = signingKey();
        return key == null ? writer : new SignedPredictions(writer, SigningKey.read(key));
    }

    /** File of the key that signs predictions; null where they are not signed. */
    @Nullable
    Path signingKey() {
        String file = (String) own.get(Settings.SIGNING_KEY);
        return file == null ? null : Path.of(file);
    }

    @Nullable
    URI schemaRegistry() {
        String registry = (String) own.get(Settings.SCHEMA_REGISTRY);
        return registry == null ? null : URI.create(registry);
    }

    ImageLimits limits() {
        return new ImageLimits(number(Settings.IMAGE_MAX_BYTES), number(Settings.IMAGE_MAX_PIXELS));
    }

    Duration slowestRecord() {
        return Duration.ofSeconds(number(Settings.RECORD_MAX_SECONDS));
    }

    String httpHost() {
        return text(Settings.HTTP_HOST);
    }

    int httpPort() {
        return number(Settings.HTTP_PORT);
    }

    /** Kafka's settings as they were given, with an application id. */
    Map<String, String> kafka() {
        return kafka;
    }

    /** Keys that neither the certifier nor Kafka knows, in alphabetical order. */
    List<String> unknownKeys() {
        return kafka.keySet().stream().filter(key -> !isKafkaKey(key)).sorted().toList();
    }

    private static boolean isKafkaKey(String key) {
        String name = KAFKA_PREFIXES.stream()
                .filter(key::startsWith)
                .findFirst()
                .map(prefix -> key.substring(prefix.length()))
                .orElse(key);
        return key.startsWith(StreamsConfig.CLIENT_TAG_PREFIX)
                || Stream.of(
                                StreamsConfig.configDef().names(),
                                ConsumerConfig.configNames(),
                                ProducerConfig.configNames(),
                                AdminClientConfig.configNames())
                        .anyMatch(names -> names.contains(name));
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
