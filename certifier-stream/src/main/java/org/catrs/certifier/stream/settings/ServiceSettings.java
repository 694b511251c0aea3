// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.serialization.Serializer;
import org.catrs.certifier.stream.held.AtHandLimits;
import org.catrs.certifier.stream.outcome.AnswerHeaders;
import org.catrs.certifier.stream.outcome.SignedPredictions;
import org.catrs.certifier.stream.seed.SeedSource;
import org.catrs.certifier.stream.topology.TopicNames;
import org.catrs.console.tracing.TracingOptions;
import org.catrs.program.settings.CommonSettings;
import org.catrs.program.settings.Validators;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.image.ImageLimits;
import org.catrs.schemas.signature.SigningKey;
import org.catrs.schemas.topic.Topics;
import org.jspecify.annotations.Nullable;

/** The settings that the service alone has: its topics, how predictions are written, and what an image may take. */
final class ServiceSettings {
    static final String RECORD_MAX_SECONDS = "record.max.seconds";
    static final String BACKLOG_MAX = "backlog.max";
    static final String N_MAX = "n.max";
    static final String INSTANCES_MAY_DIFFER = "instances.may.differ";

    private static final String IMAGES_AT_HAND = "images.at.hand";
    private static final String BYTES_AT_HAND = "bytes.at.hand";

    private static final String IMAGES_TOPIC = "images.topic";
    private static final String PREDICTIONS_TOPIC = "predictions.topic";
    private static final String REJECTED_TOPIC = "rejected.topic";
    static final String SIGNING_KEY = "signing.key";
    static final String NOISE_KEY = "noise.key";
    private static final String HEADERS_CARRIED = "headers.carried";
    private static final String TRACES_COLLECTOR = "traces.collector";
    private static final String TRACES_SHARE = "traces.share";
    private static final String IMAGE_MAX_BYTES = "image.max.bytes";
    private static final String IMAGE_MAX_PIXELS = "image.max.pixels";

    /** The keys of all topics; each needs a name of its own. */
    static final List<String> TOPICS = List.of(
            IMAGES_TOPIC,
            PREDICTIONS_TOPIC,
            REJECTED_TOPIC,
            ReleaseSettings.TOPIC,
            ReleaseSettings.STATUS_TOPIC,
            RatesSettings.TOPIC,
            RatesSettings.SHIFTS_TOPIC);

    private static final CommonSettings COMMON =
            new CommonSettings("predictions.format", "certified predictions", 8080);

    private static final @Nullable Object NONE = null;

    private ServiceSettings() {}

    static void define(ConfigDef definition) {
        defineTopics(definition);
        definition
                .define(
                        SIGNING_KEY,
                        ConfigDef.Type.STRING,
                        NONE,
                        MEDIUM,
                        "File of the private Ed25519 key that signs predictions (PEM, as openssl genpkey writes it);"
                                + " they are not signed without one.")
                .define(
                        NOISE_KEY,
                        ConfigDef.Type.STRING,
                        NONE,
                        MEDIUM,
                        "File of the private Ed25519 key that forces the seed of each image's noise (PEM, as deploy/catrs"
                                + " keys new writes it), another than the one that signs; seeds are of chance without"
                                + " one, and nothing shows that they were not chosen.");
        definition.define(
                INSTANCES_MAY_DIFFER,
                ConfigDef.Type.BOOLEAN,
                false,
                LOW,
                "Whether this instance starts although one that lives has the same application.id and other topics, another"
                        + " default model or another noise key: for the time of a change, instance by instance.");
        defineLimits(definition);
        COMMON.define(definition);
        defineTraces(definition);
    }

    private static void defineTopics(ConfigDef definition) {
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
                        HEADERS_CARRIED,
                        ConfigDef.Type.LIST,
                        "",
                        Validators.eachBy(AnswerHeaders::requireCarriable, "names of headers"),
                        MEDIUM,
                        "Headers that an answer takes from its image, beside traceparent and tracestate, such as"
                                + " correlation-id; separated by commas. A value of more than 1024 bytes is left away.");
    }

    private static void defineLimits(ConfigDef definition) {
        definition
                .define(
                        N_MAX,
                        ConfigDef.Type.LONG,
                        NONE,
                        MEDIUM,
                        "Largest n that a model's manifest may ask for; n where none is given.")
                .define(
                        BACKLOG_MAX,
                        ConfigDef.Type.LONG,
                        1_000L,
                        Range.atLeast(0),
                        LOW,
                        "Images that may wait, in all partitions of an instance together, before images with a deadline"
                                + " are answered with their first samples; 0 for any number.")
                .define(
                        IMAGE_MAX_BYTES,
                        ConfigDef.Type.INT,
                        1 << 20,
                        Range.between(1, 1 << 30),
                        MEDIUM,
                        "Most bytes of an image's record value.")
                .define(
                        IMAGE_MAX_PIXELS,
                        ConfigDef.Type.INT,
                        1 << 22,
                        Range.between(1, 1 << 28),
                        MEDIUM,
                        "Most pixels (height x width) of an image; checked before it is decoded.")
                .define(
                        RECORD_MAX_SECONDS,
                        ConfigDef.Type.INT,
                        60,
                        Range.between(1, 3600),
                        MEDIUM,
                        "Longest time that one image is expected to take. A deadline is never later; an image for which"
                                + " the answers to later ones of its partition have waited for longer is rejected"
                                + " (TOO_SLOW); and a partition that has images at hand and answers nothing for twice this"
                                + " time makes the service say that it is not ready.")
                .define(
                        IMAGES_AT_HAND,
                        ConfigDef.Type.INT,
                        128,
                        Range.between(1, 100_000),
                        LOW,
                        "Images that an instance has at hand, in all its partitions together, before it takes no more of a"
                                + " partition that has its share of them. An image is at hand until it is answered, and"
                                + " what is at hand when an instance is killed is certified again by another.")
                .define(
                        BYTES_AT_HAND,
                        ConfigDef.Type.LONG,
                        32L << 20,
                        Range.between(1 << 10, 1L << 40),
                        LOW,
                        "The same by their size as records, in bytes. Where all partitions are full it may be twice as"
                                + " much.");
    }

    private static void defineTraces(ConfigDef definition) {
        definition
                .define(
                        TRACES_COLLECTOR,
                        ConfigDef.Type.STRING,
                        NONE,
                        Validators.parsedBy(TracingOptions::requireCollector, "an address like http://localhost:4318"),
                        LOW,
                        "Address of an OpenTelemetry collector that takes OTLP over HTTP, such as http://localhost:4318,"
                                + " to which each image's spans are sent; they are not made without one.")
                .define(
                        TRACES_SHARE,
                        ConfigDef.Type.DOUBLE,
                        1.0,
                        Range.between(0, 1),
                        LOW,
                        "Share of the images whose spans are sent, of those that bring no trace with them; of the others"
                                + " the header traceparent says whether they are.");
    }

    /** As {@link CertifierConfig#tracing}. */
    static Optional<TracingOptions> tracing(AbstractConfig values) {
        return Optional.ofNullable(values.getString(TRACES_COLLECTOR))
                .map(collector -> new TracingOptions(URI.create(collector), values.getDouble(TRACES_SHARE)));
    }

    static AtHandLimits atHand(AbstractConfig values) {
        return new AtHandLimits(values.getInt(IMAGES_AT_HAND), values.getLong(BYTES_AT_HAND));
    }

    static TopicNames topics(AbstractConfig values) {
        return new TopicNames(
                values.getString(IMAGES_TOPIC), values.getString(PREDICTIONS_TOPIC), values.getString(REJECTED_TOPIC));
    }

    static AnswerHeaders answerHeaders(AbstractConfig values) {
        return new AnswerHeaders(values.getString(PREDICTIONS_TOPIC), values.getList(HEADERS_CARRIED));
    }

    /** The name of the images' topic in properties that are not checked yet. */
    static String imagesTopic(Map<String, String> properties) {
        return properties.getOrDefault(IMAGES_TOPIC, Topics.IMAGES).strip();
    }

    /** As {@link CertifierConfig#topicSettings}. */
    static SortedMap<String, String> topicSettings(AbstractConfig values, boolean ofReleases, boolean ofRates) {
        SortedMap<String, String> topics = new TreeMap<>();
        for (String key : TOPICS) {
            boolean isOfReleases = key.equals(ReleaseSettings.TOPIC) || key.equals(ReleaseSettings.STATUS_TOPIC);
            boolean isOfRates = key.equals(RatesSettings.TOPIC) || key.equals(RatesSettings.SHIFTS_TOPIC);
            if ((ofReleases || !isOfReleases) && (ofRates || !isOfRates)) {
                topics.put(key, values.getString(key));
            }
        }
        return topics;
    }

    static ImageLimits limits(AbstractConfig values) {
        return new ImageLimits(values.getInt(IMAGE_MAX_BYTES), values.getInt(IMAGE_MAX_PIXELS));
    }

    static @Nullable Path signingKey(AbstractConfig values) {
        String key = values.getString(SIGNING_KEY);
        return key == null ? null : Path.of(key);
    }

    static @Nullable Path noiseKey(AbstractConfig values) {
        String key = values.getString(NOISE_KEY);
        return key == null ? null : Path.of(key);
    }

    /** As {@link CertifierConfig#seeds}. */
    static SeedSource seeds(AbstractConfig values) {
        SeedSource seeds = SeedSource.of(noiseKey(values));
        Path signing = signingKey(values);
        if (seeds instanceof SeedSource.Forced forced && signing != null) {
            requireAnother(
                    forced.key().publicKey().keyId(), SigningKey.read(signing).keyId());
        }
        return seeds;
    }

    /** Signatures and proofs by one key can give it away: both draw the numbers that hide it from the same half of it. */
    private static void requireAnother(String noiseKey, String signingKey) {
        if (noiseKey.equals(signingKey)) {
            throw new InvalidDataException(NOISE_KEY + " and " + SIGNING_KEY + " are the same key " + signingKey
                    + ", and one used for both can be found out: make one of its own by 'deploy/catrs keys new --out"
                    + " FILE'");
        }
    }

    /** As {@link CertifierConfig#predictions}. */
    static Serializer<CertifiedPrediction> predictions(AbstractConfig values) {
        Serializer<CertifiedPrediction> writer = COMMON.serializer(CertifiedPrediction.class, values);
        Path key = signingKey(values);
        return key == null ? writer : new SignedPredictions(writer, SigningKey.read(key));
    }
}
