// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.settings;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.StreamsConfig;
import org.catrs.certifier.network.model.ManifestPlan;
import org.catrs.certifier.network.model.ModelOverrides;
import org.catrs.certifier.smoothing.PlanRequest;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.stream.console.ConsoleOptions;
import org.catrs.certifier.stream.held.AtHandLimits;
import org.catrs.certifier.stream.outcome.AnswerHeaders;
import org.catrs.certifier.stream.rates.RatesOptions;
import org.catrs.certifier.stream.release.ReleaseOptions;
import org.catrs.certifier.stream.seed.SeedSource;
import org.catrs.certifier.stream.topology.TopicNames;
import org.catrs.console.tracing.TracingOptions;
import org.catrs.program.settings.CommonSettings;
import org.catrs.program.settings.Declarations;
import org.catrs.program.settings.SettingProblems;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.image.ImageLimits;
import org.jspecify.annotations.Nullable;

/** The service's configuration: its own settings, checked, and Kafka's as they were given. Immutable. */
public final class CertifierConfig {
    /** Whether instances of an application id may have other topics, models and keys. */
    public static final String INSTANCES_MAY_DIFFER = ServiceSettings.INSTANCES_MAY_DIFFER;

    /** What the images' topic is put behind for the application id where none is given. */
    private static final String DEFAULT_APPLICATION = "catrs-certifier-";

    private static final @Nullable Object FROM_THE_TOPIC = null;

    /** Key that signs certificates. */
    public static final String SIGNING_KEY = ServiceSettings.SIGNING_KEY;

    /** Longest time of an image. */
    public static final String RECORD_MAX_SECONDS = ServiceSettings.RECORD_MAX_SECONDS;

    private static final int LEAST_WORKERS = 8;
    private static final int WORKERS_PER_THREAD = 4;

    private static final ConfigDef DEFINITION = definition();

    /** Those of Kafka that have an option. */
    private static final ConfigDef KAFKA = new ConfigDef()
            .define(
                    StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                    ConfigDef.Type.LIST,
                    ConfigDef.NO_DEFAULT_VALUE,
                    ConfigDef.Importance.HIGH,
                    "Addresses of the brokers, HOST:PORT, separated by commas.")
            .define(
                    StreamsConfig.APPLICATION_ID_CONFIG,
                    ConfigDef.Type.STRING,
                    FROM_THE_TOPIC,
                    ConfigDef.Importance.HIGH,
                    "Name that the instances which share the work have in common; " + DEFAULT_APPLICATION
                            + " and the images' topic where none is given.");

    private final AbstractConfig own;
    private final CertificationSettings certification;
    private final Map<String, String> kafka;

    private CertifierConfig(AbstractConfig own, Map<String, String> kafka) {
        this.own = own;
        this.certification = new CertificationSettings(own);
        this.kafka = kafka;
    }

    private static ConfigDef definition() {
        ConfigDef definition = new ConfigDef();
        CertificationSettings.define(definition);
        ReleaseSettings.define(definition);
        ServiceSettings.define(definition);
        RatesSettings.define(definition);
        ConsoleSettings.define(definition);
        return definition;
    }

    /** The certifier's settings, in the order in which they are worth reading. */
    public static Declarations declarations() {
        return new Declarations(DEFINITION, KAFKA, CertifierConfig::optionName, KafkaSettings::isKnown);
    }

    /** What a setting is called on a command line, before dashes take the place of its dots. */
    static String optionName(String key) {
        return key.equals(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG)
                ? "bootstrap.server"
                : key.replaceFirst("^(model|inference|execution)\\.", "");
    }

    /**
     * Checks properties.
     *
     * @throws InvalidDataException when settings are missing or out of range; the message lists all of them
     */
    public static CertifierConfig of(Map<String, String> properties) {
        Map<String, String> kafka = new TreeMap<>(properties);
        kafka.keySet().removeAll(DEFINITION.names());
        kafka.putIfAbsent(
                StreamsConfig.APPLICATION_ID_CONFIG, DEFAULT_APPLICATION + ServiceSettings.imagesTopic(properties));
        AbstractConfig own = new SettingProblems(DEFINITION, properties)
                .with(KafkaSettings.problems(kafka))
                .withEqualTopics(ServiceSettings.TOPICS)
                .with(ReleaseSettings.problems(properties))
                .orConfig();
        CertifierConfig config = new CertifierConfig(own, Map.copyOf(kafka));
        config.plan();
        return config;
    }

    /** Folder or file of the one model that is served. */
    public Path model() {
        return Objects.requireNonNull(certification.model(), "checked: there is one where no releases are served");
    }

    /** Whether the models that are released are served, rather than one that is configured. */
    public boolean servesReleases() {
        return ReleaseSettings.areGiven(own);
    }

    /** Name of the released model for images that name none. */
    public String defaultModel() {
        return own.getString(ReleaseSettings.DEFAULT_MODEL);
    }

    /** How released models are served. */
    public ReleaseOptions releases() {
        return ReleaseSettings.options(own);
    }

    /** How rates and shifts are told; null where they are not. */
    public @Nullable RatesOptions rates() {
        return RatesSettings.options(own);
    }

    /** What the console's page shows. */
    public ConsoleOptions console() {
        return ConsoleSettings.options(own, new StreamsConfig(kafka), servesReleases() ? releases() : null, rates());
    }

    /** How models are opened. */
    public ModelOverrides modelOptions() {
        return certification.modelOptions();
    }

    /**
     * What to certify with.
     *
     * @param sigma standard deviation of the noise, in units of pixels scaled to [0, 1]
     * @param manifest what the model's manifest asks for
     * @param plan the plan that spends the samples
     */
    public SmoothingParameters parameters(double sigma, ManifestPlan manifest, SamplingPlan.Kind plan) {
        SmoothingParameters parameters = certification.parameters(sigma, plan);
        Long most = own.getLong(ServiceSettings.N_MAX);
        return parameters.withN(manifest.n(parameters.n(), most == null ? parameters.n() : most));
    }

    /** How samples are spent unless a model or an image asks otherwise. */
    public PlanRequest plan() {
        return certification.plan();
    }

    /** Images that may wait before deadline plans stop early; 0 for any number. */
    public long mostWaiting() {
        return own.getLong(ServiceSettings.BACKLOG_MAX);
    }

    /** The topics of images and answers. */
    public TopicNames topics() {
        return ServiceSettings.topics(own);
    }

    /**
     * Writes predictions in the format that is asked for, signed where there is a key.
     *
     * @throws InvalidDataException when the key cannot be used
     */
    public Serializer<CertifiedPrediction> predictions() {
        return ServiceSettings.predictions(own);
    }

    /** The headers of predictions. */
    public AnswerHeaders answerHeaders() {
        return ServiceSettings.answerHeaders(own);
    }

    /** File of the key that signs predictions; null where they are not signed. */
    public @Nullable Path signingKey() {
        return ServiceSettings.signingKey(own);
    }

    /** File of the key that forces seeds; null where they are of chance. */
    public @Nullable Path noiseKey() {
        return ServiceSettings.noiseKey(own);
    }

    /**
     * Where the seeds of certificates come from.
     *
     * @throws InvalidDataException when the noise key cannot be used, or is the key that signs
     */
    public SeedSource seeds() {
        return ServiceSettings.seeds(own);
    }

    /** Address of the schema registry; null where there is none. */
    public @Nullable URI schemaRegistry() {
        return CommonSettings.registry(own);
    }

    /** How large an image may be. */
    public ImageLimits limits() {
        return ServiceSettings.limits(own);
    }

    /** Longest time that one image is expected to take. */
    public Duration slowestRecord() {
        return Duration.ofSeconds(own.getInt(RECORD_MAX_SECONDS));
    }

    /** Time after which a partition that answers nothing, though it has images at hand, is at a standstill. */
    public Duration longestStandstill() {
        return slowestRecord().multipliedBy(2);
    }

    /** How much is taken before it is answered. */
    public AtHandLimits atHand() {
        return ServiceSettings.atHand(own);
    }

    /**
     * Number of images that are worked on at once. On the CPU they share its threads: half of the workers, which is what one
     * partition may have, are enough to keep these busy. A device has a batch to be filled.
     */
    public int workers(boolean isOnCpu) {
        int most = atHand().images();
        int threads = modelOptions().inference().threadsOrCores();
        return isOnCpu ? Math.min(most, Math.max(LEAST_WORKERS, WORKERS_PER_THREAD * threads)) : most;
    }

    /**
     * Where traces are sent; empty for nowhere.
     *
     * @throws InvalidDataException when the address is no collector's
     */
    public Optional<TracingOptions> tracing() {
        return ServiceSettings.tracing(own);
    }

    /** Address of metrics and health; port 0 for any that is free. */
    public InetSocketAddress http() {
        return CommonSettings.http(own);
    }

    /** Name that the instances which share the work have in common. */
    public String applicationId() {
        return Objects.requireNonNull(
                kafka.get(StreamsConfig.APPLICATION_ID_CONFIG), "there is one where none is given");
    }

    /** Whether instances of the application id may have other topics, models and keys for a while. */
    public boolean instancesMayDiffer() {
        return own.getBoolean(INSTANCES_MAY_DIFFER);
    }

    /** The topics by the names of their settings. */
    public SortedMap<String, String> topicSettings() {
        return ServiceSettings.topicSettings(own, servesReleases(), rates() != null);
    }

    /** Kafka's settings as they were given, with an application id. */
    public Map<String, String> kafka() {
        return kafka;
    }

    /** Keys that neither the certifier nor Kafka knows, in alphabetical order. */
    public List<String> unknownKeys() {
        return kafka.keySet().stream()
                .filter(key -> !KafkaSettings.isKnown(key))
                .sorted()
                .toList();
    }
}
