// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.NO_DEFAULT_VALUE;

import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.catrs.program.settings.EncodingSettings;
import org.catrs.program.settings.HttpSettings;
import org.catrs.program.settings.Validators;
import org.catrs.schemas.topic.Topics;
import org.jspecify.annotations.Nullable;

/** Names, defaults and ranges of the trainer's own settings; every other setting is Kafka's. */
final class TrainerSettings {
    static final String STORE = "model.store";
    static final String SIGNING_KEY = "signing.key";
    static final String DATA = "data";
    static final String JOBS_TOPIC = "jobs.topic";
    static final String STATUS_TOPIC = "status.topic";
    static final String MODELS_TOPIC = "models.topic";
    static final String CHECKPOINT_SECONDS = "checkpoint.seconds";
    static final String MAX_ATTEMPTS = "job.max.attempts";
    static final String ESTIMATE_IMAGES = "estimate.images";
    static final String ESTIMATE_SAMPLES = "estimate.samples";

    /** The keys of all topics; each needs a name of its own. */
    static final List<String> TOPICS = List.of(JOBS_TOPIC, STATUS_TOPIC, MODELS_TOPIC);

    static final EncodingSettings ENCODING = new EncodingSettings("events.format");

    private static final int HTTP_PORT = 8081;

    private static final @Nullable Object NONE = null;

    private TrainerSettings() {}

    static ConfigDef definition() {
        ConfigDef definition = new ConfigDef();
        defineModels(definition);
        defineTopics(definition);
        defineWork(definition);
        HttpSettings.define(definition, HTTP_PORT);
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
                        "Folder that holds the data sets' files; the environment variable CATRS_DATA where none is"
                                + " given. Not needed for digits.");
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
        ENCODING.define(definition, "Encoding of status records and releases, json or avro; jobs may come in either.");
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
}
