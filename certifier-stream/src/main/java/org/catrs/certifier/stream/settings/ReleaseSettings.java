// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.catrs.certifier.stream.release.AllowedLocations;
import org.catrs.certifier.stream.release.ReleaseOptions;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.signature.SigningKey;
import org.catrs.schemas.signature.VerificationKeys;
import org.catrs.schemas.topic.Topics;
import org.jspecify.annotations.Nullable;

/** The settings of a service that serves the models that are released, rather than one that is configured. */
final class ReleaseSettings {
    static final String DEFAULT_MODEL = "default.model";
    static final String TOPIC = "models.topic";
    static final String STATUS_TOPIC = "models.status.topic";
    static final String KEYS = "models.keys";
    static final String REVOKED = "models.revoked";
    static final String LOCATIONS = "models.locations";
    static final String CACHE = "models.cache";
    static final String MAX_BYTES = "models.max.bytes";
    static final String CACHE_MAX_BYTES = "models.cache.max.bytes";
    static final String FETCH_TIMEOUT = "models.fetch.timeout.seconds";

    /** These mean nothing beside a configured model. */
    private static final List<String> OF_RELEASES = List.of(DEFAULT_MODEL, KEYS, REVOKED, LOCATIONS, CACHE);

    /** These, or a configured model, are needed. */
    private static final List<String> REQUIRED = List.of(DEFAULT_MODEL, KEYS, LOCATIONS, CACHE);

    private static final @Nullable Object NONE = null;

    private ReleaseSettings() {}

    static void define(ConfigDef definition) {
        definition
                .define(
                        DEFAULT_MODEL,
                        ConfigDef.Type.STRING,
                        NONE,
                        new NonEmptyString(),
                        HIGH,
                        "Name of the released model for images that name none; in the place of a configured model.")
                .define(
                        KEYS,
                        ConfigDef.Type.LIST,
                        "",
                        HIGH,
                        "Files, or folders of files *.pem, with the public Ed25519 keys whose signatures of releases"
                                + " count; separated by commas. The one that belongs to signing.key must not be among"
                                + " them.")
                .define(
                        REVOKED,
                        ConfigDef.Type.STRING,
                        NONE,
                        new NonEmptyString(),
                        MEDIUM,
                        "Text file of what must not be served, whoever signed it: a line is a network's SHA-256, or NAME"
                                + " before INSTANT (digits before 2026-11-30T12:00:00Z) for all releases of a model that"
                                + " were issued earlier. It is read again when it changes.")
                .define(
                        LOCATIONS,
                        ConfigDef.Type.LIST,
                        "",
                        HIGH,
                        "Folders and buckets that released models may be fetched from, such as file:///srv/models/ and"
                                + " s3://bucket/models/; separated by commas.")
                .define(
                        CACHE,
                        ConfigDef.Type.STRING,
                        NONE,
                        new NonEmptyString(),
                        HIGH,
                        "Folder that fetched models are kept in.")
                .define(
                        MAX_BYTES,
                        ConfigDef.Type.LONG,
                        256L << 20,
                        Range.between(1, Integer.MAX_VALUE - 8L),
                        MEDIUM,
                        "Most bytes of a released network; a quarter of Java's memory is another limit.")
                .define(
                        CACHE_MAX_BYTES,
                        ConfigDef.Type.LONG,
                        4L << 30,
                        Range.atLeast(0),
                        LOW,
                        "Most bytes that are kept in the cache beside the models that are served.")
                .define(
                        FETCH_TIMEOUT,
                        ConfigDef.Type.INT,
                        30,
                        Range.between(1, 3600),
                        LOW,
                        "Longest time that a store may give nothing of a file before the fetch is given up for now.")
                .define(
                        TOPIC,
                        ConfigDef.Type.STRING,
                        Topics.MODELS,
                        new NonEmptyString(),
                        MEDIUM,
                        "Topic that releases are read from.")
                .define(
                        STATUS_TOPIC,
                        ConfigDef.Type.STRING,
                        Topics.MODEL_STATUS,
                        new NonEmptyString(),
                        MEDIUM,
                        "Topic that is told what became of releases.");
    }

    /** Whether released models are served. */
    static boolean areGiven(AbstractConfig values) {
        return values.getString(DEFAULT_MODEL) != null;
    }

    /** What is missing or contradicts itself. */
    static List<String> problems(Map<String, String> properties) {
        List<String> given = REQUIRED.stream().filter(properties::containsKey).toList();
        if (properties.containsKey(CertificationSettings.MODEL)) {
            given = OF_RELEASES.stream().filter(properties::containsKey).toList();
            return given.isEmpty()
                    ? List.of()
                    : List.of("Invalid configuration " + given + " beside " + CertificationSettings.MODEL
                            + ": either one configured model is served, or the models that are released");
        }
        if (given.isEmpty()) {
            return List.of("Missing required configuration \"" + CertificationSettings.MODEL
                    + "\" (the folder of one model), or " + REQUIRED + " to serve the models that are released");
        }
        List<String> problems = new ArrayList<>();
        for (String key : REQUIRED) {
            if (properties.getOrDefault(key, "").isBlank()) {
                problems.add("Missing required configuration \"" + key + "\", which released models need");
            }
        }
        for (String key : List.of(CertificationSettings.MODEL_NAME, CertificationSettings.MODEL_CLASSES)) {
            if (properties.containsKey(key)) {
                problems.add("Invalid configuration " + key + ": released models have a manifest that says it");
            }
        }
        try {
            AllowedLocations.of(
                    List.of(properties.getOrDefault(LOCATIONS, "").strip().split("\\s*,\\s*")));
        } catch (InvalidDataException e) {
            problems.add("Invalid value for configuration " + LOCATIONS + ": " + e.getMessage());
        }
        return problems;
    }

    /**
     * The options that settings give.
     *
     * @throws InvalidDataException when the keys cannot be used, or the key that signs certificates is among them
     */
    static ReleaseOptions options(AbstractConfig values) {
        String revoked = values.getString(REVOKED);
        return new ReleaseOptions(
                values.getString(TOPIC),
                values.getString(STATUS_TOPIC),
                keys(values),
                revoked == null ? null : Path.of(revoked),
                AllowedLocations.of(values.getList(LOCATIONS)),
                Path.of(values.getString(CACHE)),
                values.getLong(MAX_BYTES),
                values.getLong(CACHE_MAX_BYTES),
                Duration.ofSeconds(values.getInt(FETCH_TIMEOUT)),
                new CertificationSettings(values).modelOptions());
    }

    /** A service's own keys lie on a machine of its own, and must not be able to say what it serves. */
    private static VerificationKeys keys(AbstractConfig values) {
        VerificationKeys keys = VerificationKeys.read(
                values.getList(KEYS).stream().map(Path::of).toList());
        requireOther(keys, ServiceSettings.signingKey(values), ServiceSettings.SIGNING_KEY, "signs certificates");
        requireOther(
                keys, ServiceSettings.noiseKey(values), ServiceSettings.NOISE_KEY, "forces the seeds of the noise");
        return keys;
    }

    private static void requireOther(VerificationKeys models, @Nullable Path key, String setting, String use) {
        if (key != null && models.keyIds().contains(SigningKey.read(key).keyId())) {
            throw new InvalidDataException(key + ": this key " + use + " (" + setting
                    + "), and its public half is among " + KEYS
                    + ", so that whoever has it could also say which models are served: make another for it by"
                    + " 'openssl genpkey -algorithm ed25519 -out FILE', or take it out of " + KEYS);
        }
    }
}
