// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.service;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.CaseInsensitiveValidString;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;
import org.catrs.certifier.inference.options.ExecutionProvider;
import org.catrs.certifier.inference.options.Optimization;
import org.catrs.certifier.inference.options.Precision;
import org.catrs.certifier.noise.NoiseKind;
import org.catrs.certifier.smoothing.SamplingPlan.Kind;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.serde.EventFormat;
import org.catrs.schemas.topic.Topics;
import org.jspecify.annotations.Nullable;

/** Names, defaults and ranges of the certifier's own settings; every other setting is Kafka's. */
final class Settings {
    static final String MODEL = "model";
    static final String MODEL_NAME = "model.name";
    static final String MODEL_CLASSES = "model.classes";
    static final String SIGMA = "sigma";
    static final String ALPHA = "alpha";
    static final String N0 = "n0";
    static final String N = "n";
    static final String N_MAX = "n.max";
    static final String PLAN = "plan";
    static final String TARGET_RADIUS = "target.radius";
    static final String RADIUS_FRACTION = "radius.fraction";
    static final String DEADLINE = "deadline";
    static final String BACKLOG_MAX = "backlog.max";
    static final String NOISE = "noise";
    static final String PRECISION = "precision";
    static final String EXECUTION_PROVIDER = "execution.provider";
    static final String NATIVES = "onnxruntime.natives";
    static final String INFERENCE_THREADS = "inference.threads";
    static final String OPTIMIZATION = "inference.optimization";
    static final String INFERENCE_BATCH = "inference.batch";
    static final String IMAGES_TOPIC = "images.topic";
    static final String PREDICTIONS_TOPIC = "predictions.topic";
    static final String PREDICTIONS_FORMAT = "predictions.format";
    static final String SCHEMA_REGISTRY = "schema.registry.url";
    static final String SIGNING_KEY = "signing.key";
    static final String REJECTED_TOPIC = "rejected.topic";
    static final String IMAGE_MAX_BYTES = "image.max.bytes";
    static final String IMAGE_MAX_PIXELS = "image.max.pixels";
    static final String RECORD_MAX_SECONDS = "record.max.seconds";
    static final String HTTP_HOST = "http.host";
    static final String HTTP_PORT = "http.port";

    private static final @Nullable Object FROM_THE_MODEL = null;
    private static final @Nullable Object FASTEST = null;
    private static final @Nullable Object NONE = null;

    private Settings() {}

    static ConfigDef definition() {
        ConfigDef definition = new ConfigDef();
        defineCertification(definition);
        ReleaseSettings.define(definition);
        definePlan(definition);
        defineTopics(definition);
        defineLimits(definition);
        return definition;
    }

    private static void defineCertification(ConfigDef definition) {
        definition
                .define(
                        MODEL,
                        ConfigDef.Type.STRING,
                        NONE,
                        new NonEmptyString(),
                        HIGH,
                        "Folder of the one model to serve, or an ONNX file; without it, released models are served.")
                .define(
                        MODEL_NAME,
                        ConfigDef.Type.STRING,
                        FROM_THE_MODEL,
                        LOW,
                        "Name of the model in certificates, for a model without a manifest.")
                .define(
                        MODEL_CLASSES,
                        ConfigDef.Type.LIST,
                        "",
                        LOW,
                        "Names of the classes, in the order of the logits and separated by commas, for a model without a"
                                + " manifest.")
                .define(
                        SIGMA,
                        ConfigDef.Type.DOUBLE,
                        FROM_THE_MODEL,
                        between(0, Double.POSITIVE_INFINITY),
                        HIGH,
                        "Standard deviation of the noise, in units of pixels scaled to [0, 1]; the one that the model was"
                                + " trained at where none is given.")
                .define(
                        ALPHA,
                        ConfigDef.Type.DOUBLE,
                        SmoothingParameters.DEFAULT_ALPHA,
                        between(0, 0.5),
                        MEDIUM,
                        "Failure probability of a certificate.")
                .define(
                        N0,
                        ConfigDef.Type.LONG,
                        SmoothingParameters.DEFAULT_N0,
                        Range.atLeast(1),
                        MEDIUM,
                        "Noise samples that choose the class.")
                .define(
                        N,
                        ConfigDef.Type.LONG,
                        SmoothingParameters.DEFAULT_N,
                        Range.atLeast(1),
                        HIGH,
                        "Noise samples that bound the class's probability.")
                .define(
                        NOISE,
                        ConfigDef.Type.STRING,
                        NoiseKind.DISCRETE.toString(),
                        namesOf(NoiseKind.values()),
                        LOW,
                        "Kind of the noise.")
                .define(
                        PRECISION,
                        ConfigDef.Type.STRING,
                        FROM_THE_MODEL,
                        nullOr(namesOf(Precision.values())),
                        MEDIUM,
                        "Arithmetic of the network, fp32 or int8; int8 makes an integer network of the model at its first use."
                                + " That of the model's file where none is given.")
                .define(
                        EXECUTION_PROVIDER,
                        ConfigDef.Type.STRING,
                        ExecutionProvider.AUTO.toString(),
                        executionProvider(),
                        MEDIUM,
                        "What the model runs on: cpu; cuda, which is device 0, cuda:0,1 or cuda:all; or auto, which is"
                                + " cuda if the model really runs there, else cpu.")
                .define(
                        NATIVES,
                        ConfigDef.Type.STRING,
                        NONE,
                        LOW,
                        "Folder of ONNX Runtime's libraries, such as those of onnxruntime_gpu, unpacked; those of the"
                                + " class path where none is given.")
                .define(
                        INFERENCE_THREADS,
                        ConfigDef.Type.INT,
                        0,
                        Range.between(0, 1024),
                        LOW,
                        "Threads that run the model; 0 for as many as is fastest.")
                .define(
                        OPTIMIZATION,
                        ConfigDef.Type.STRING,
                        FASTEST,
                        nullOr(namesOf(Optimization.values())),
                        LOW,
                        "How far the engine rewrites the network, extended or all; what is fastest where"
                                + " none is given.")
                .define(
                        INFERENCE_BATCH,
                        ConfigDef.Type.INT,
                        0,
                        Range.between(0, 65_536),
                        LOW,
                        "Noisy images in a run; 0 for as many as is fastest.");
    }

    private static void definePlan(ConfigDef definition) {
        definition
                .define(
                        PLAN,
                        ConfigDef.Type.STRING,
                        NONE,
                        LambdaValidator.with(Settings::requirePlan, () -> "one of " + List.of(Kind.values())),
                        MEDIUM,
                        "How samples are spent: fixed (all n), adaptive (as many as the question needs) or deadline (as"
                                + " many as the time allows); the one that the next settings ask for where none is given."
                                + " A model's manifest goes before these settings, and an image's headers target-radius"
                                + " and deadline before both.")
                .define(
                        TARGET_RADIUS,
                        ConfigDef.Type.DOUBLE,
                        NONE,
                        between(0, Double.POSITIVE_INFINITY),
                        MEDIUM,
                        "Radius to certify: sampling ends when it is, or is out of reach.")
                .define(
                        RADIUS_FRACTION,
                        ConfigDef.Type.DOUBLE,
                        NONE,
                        between(0, 1),
                        LOW,
                        "Share of the radius that n samples could give at which sampling ends, such as 0.9.")
                .define(
                        DEADLINE,
                        ConfigDef.Type.DOUBLE,
                        NONE,
                        between(0, Double.POSITIVE_INFINITY),
                        MEDIUM,
                        "Seconds after which an image is answered with what was sampled; at most record.max.seconds,"
                                + " whoever asks.")
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
                                + " are answered with their first samples; 0 for any number.");
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
                        PREDICTIONS_FORMAT,
                        ConfigDef.Type.STRING,
                        EventFormat.JSON.toString(),
                        namesOf(EventFormat.values()),
                        MEDIUM,
                        "Encoding of certified predictions, json or avro.")
                .define(
                        SCHEMA_REGISTRY,
                        ConfigDef.Type.STRING,
                        NONE,
                        LOW,
                        "Address of a Confluent-compatible schema registry for avro; single-object encoding without"
                                + " one.")
                .define(
                        SIGNING_KEY,
                        ConfigDef.Type.STRING,
                        NONE,
                        MEDIUM,
                        "File of the private Ed25519 key that signs predictions (PEM, as openssl genpkey writes it);"
                                + " they are not signed without one.");
    }

    private static void defineLimits(ConfigDef definition) {
        definition
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
                        "Longest time that one image may take while all threads are busy; time-outs follow from it, and a"
                                + " deadline is never later.")
                .define(
                        HTTP_HOST,
                        ConfigDef.Type.STRING,
                        "0.0.0.0",
                        new NonEmptyString(),
                        LOW,
                        "Address of metrics and health.")
                .define(
                        HTTP_PORT,
                        ConfigDef.Type.INT,
                        8080,
                        Range.between(0, 65535),
                        MEDIUM,
                        "Port of metrics and health; 0 for any that is free.");
    }

    private static void requirePlan(String name, @Nullable Object value) {
        try {
            if (value != null) {
                Kind.parse((String) value);
            }
        } catch (InvalidDataException e) {
            throw new ConfigException(name, value, e.getMessage());
        }
    }

    private static Validator between(double above, double below) {
        String range = below == Double.POSITIVE_INFINITY ? "above " + above : "above " + above + " and below " + below;
        return LambdaValidator.with(
                (name, value) -> {
                    if (value != null && !((Double) value > above && (Double) value < below)) {
                        throw new ConfigException(name, value, "Value must be " + range);
                    }
                },
                () -> range);
    }

    private static Validator executionProvider() {
        return LambdaValidator.with(
                (name, value) -> {
                    try {
                        ExecutionProvider.parse((String) value);
                    } catch (InvalidDataException e) {
                        throw new ConfigException(name, value, e.getMessage());
                    }
                },
                () -> "auto, cpu, cuda, cuda:0,1 or cuda:all");
    }

    private static Validator nullOr(Validator validator) {
        return LambdaValidator.with(
                (name, value) -> {
                    if (value != null) {
                        validator.ensureValid(name, value);
                    }
                },
                validator::toString);
    }

    private static Validator namesOf(Object[] values) {
        return CaseInsensitiveValidString.in(
                Arrays.stream(values).map(Object::toString).toArray(String[]::new));
    }
}
