// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.settings;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.StreamsConfig;
import org.catrs.certifier.network.model.ModelOptions;
import org.catrs.certifier.network.model.ModelPlan;
import org.catrs.certifier.smoothing.PlanRequest;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.stream.release.ReleaseOptions;
import org.catrs.certifier.stream.topology.TopicNames;
import org.catrs.program.settings.EncodingSettings;
import org.catrs.program.settings.HttpSettings;
import org.catrs.program.settings.SettingProblems;
import org.catrs.program.settings.SettingValues;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.image.ImageLimits;
import org.jspecify.annotations.Nullable;

/** The service's configuration: its own settings, checked, and Kafka's as they were given. Immutable. */
public final class CertifierConfig {
    /** Application id where none is given. */
    public static final String DEFAULT_APPLICATION_ID = "catrs-certifier";

    private static final int HTTP_PORT = 8080;

    private static final ConfigDef DEFINITION = definition();

    private final SettingValues own;
    private final Map<String, String> kafka;

    private CertifierConfig(SettingValues own, Map<String, String> kafka) {
        this.own = own;
        this.kafka = kafka;
    }

    private static ConfigDef definition() {
        ConfigDef definition = new ConfigDef();
        ModelSettings.define(definition);
        SamplingSettings.define(definition);
        InferenceSettings.define(definition);
        ReleaseSettings.define(definition);
        PlanSettings.define(definition);
        TopicSettings.define(definition);
        LimitSettings.define(definition);
        HttpSettings.define(definition, HTTP_PORT);
        return definition;
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
        SettingValues own = new SettingProblems(DEFINITION, properties)
                .with(KafkaSettings.problems(kafka))
                .withEqualTopics(TopicSettings.TOPICS)
                .with(ReleaseSettings.problems(properties))
                .orValues();
        CertifierConfig config = new CertifierConfig(own, Map.copyOf(kafka));
        config.plan();
        return config;
    }

    /** Folder or file of the one model that is served. */
    public Path model() {
        return ModelSettings.model(own);
    }

    /** Whether the models that are released are served, rather than one that is configured. */
    public boolean servesReleases() {
        return ReleaseSettings.areGiven(own);
    }

    /** Name of the released model for images that name none. */
    public String defaultModel() {
        return own.text(ReleaseSettings.DEFAULT_MODEL);
    }

    /** How released models are served. */
    public ReleaseOptions releases() {
        return ReleaseSettings.options(own);
    }

    /** How models are opened. */
    public ModelOptions modelOptions() {
        return ModelSettings.options(own);
    }

    /**
     * What to certify with.
     *
     * @param sigma standard deviation of the noise, in units of pixels scaled to [0, 1]
     * @param plan what the model's manifest asks for
     */
    public SmoothingParameters parameters(double sigma, ModelPlan plan) {
        return SamplingSettings.parameters(own, sigma, plan);
    }

    /** How samples are spent unless a model or an image asks otherwise. */
    public PlanRequest plan() {
        return PlanSettings.request(own);
    }

    /** Images that may wait before deadline plans stop early; 0 for any number. */
    public long mostWaiting() {
        return (Long) own.value(PlanSettings.BACKLOG_MAX);
    }

    /** The topics of images and answers. */
    public TopicNames topics() {
        return TopicSettings.names(own);
    }

    /**
     * Writes predictions in the format that is asked for, signed where there is a key.
     *
     * @throws InvalidDataException when the key cannot be used
     */
    public Serializer<CertifiedPrediction> predictions() {
        return TopicSettings.predictions(own);
    }

    /** File of the key that signs predictions; null where they are not signed. */
    public @Nullable Path signingKey() {
        return own.fileOrNull(TopicSettings.SIGNING_KEY);
    }

    /** Address of the schema registry; null where there is none. */
    public @Nullable URI schemaRegistry() {
        return EncodingSettings.registry(own);
    }

    /** How large an image may be. */
    public ImageLimits limits() {
        return LimitSettings.images(own);
    }

    /** Longest time that one image may take while all threads are busy. */
    public Duration slowestRecord() {
        return Duration.ofSeconds(own.number(LimitSettings.RECORD_MAX_SECONDS));
    }

    /** Address of metrics and health; port 0 for any that is free. */
    public InetSocketAddress http() {
        return HttpSettings.address(own);
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
