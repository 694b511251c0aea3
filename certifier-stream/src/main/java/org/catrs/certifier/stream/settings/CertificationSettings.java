// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.catrs.certifier.network.model.ModelOverrides;
import org.catrs.certifier.smoothing.PlanRequest;
import org.catrs.certifier.smoothing.SamplingPlan.Kind;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.program.option.Range;
import org.catrs.program.settings.Declarations;
import org.catrs.program.settings.SettingProblems;
import org.catrs.program.settings.Validators;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.model.ClassNames;
import org.jspecify.annotations.Nullable;

/** The settings of whoever certifies, the service or a command: which model, how it is run, and how it is sampled. */
public final class CertificationSettings {
    /** Samples that bound the class's probability. */
    public static final String N = "n";

    /** Noise samples that choose the class. */
    public static final String N0 = "n0";

    /** The settings of how samples are spent. */
    public static final List<String> PLAN = List.of("plan", "target.radius", "radius.fraction", "deadline");

    static final String MODEL = "model";
    static final String MODEL_NAME = "model.name";
    static final String MODEL_CLASSES = "model.classes";
    private static final String SIGMA = "sigma";
    private static final String ALPHA = "alpha";
    private static final String NOISE = "noise";

    private static final @Nullable Object FROM_THE_MODEL = null;
    private static final @Nullable Object FROM_THE_PLAN = null;
    private static final @Nullable Object NONE = null;

    private static final ConfigDef DEFINITION = definition();

    private final AbstractConfig values;

    CertificationSettings(AbstractConfig values) {
        this.values = values;
    }

    private static ConfigDef definition() {
        ConfigDef definition = new ConfigDef();
        define(definition);
        return definition;
    }

    static void define(ConfigDef definition) {
        defineModel(definition);
        defineSampling(definition);
        InferenceSettings.define(definition);
        definePlan(definition);
    }

    /** The settings of a command that certifies. */
    public static Declarations declarations() {
        return new Declarations(DEFINITION, new ConfigDef(), CertifierConfig::optionName, key -> false);
    }

    /**
     * Checks the settings of a command.
     *
     * @throws InvalidDataException when some are out of range, or contradict each other
     */
    public static CertificationSettings of(Map<String, String> properties) {
        CertificationSettings settings =
                new CertificationSettings(new SettingProblems(DEFINITION, properties).orConfig());
        settings.plan();
        return settings;
    }

    private static void defineModel(ConfigDef definition) {
        definition
                .define(
                        MODEL,
                        ConfigDef.Type.STRING,
                        NONE,
                        new NonEmptyString(),
                        HIGH,
                        "Folder of a trained model, the name of one that comes with catrs, such as mnist-0.50, or any ONNX"
                                + " image classifier (which needs sigma): one float32 input of batch x channels x height"
                                + " x width in [0, 1], one output of batch x classes logits. The service serves released"
                                + " models where none is given.")
                .define(
                        MODEL_NAME,
                        ConfigDef.Type.STRING,
                        FROM_THE_MODEL,
                        new NonEmptyString(),
                        LOW,
                        "Name of the model in certificates; that of its manifest, or of its file, where none is given.")
                .define(
                        MODEL_CLASSES,
                        ConfigDef.Type.LIST,
                        "",
                        LOW,
                        "Names of the classes in the order of the logits: separated by commas, or a text file of one name"
                                + " per line; those of the manifest, or numbers, where none are given.")
                .define(
                        SIGMA,
                        ConfigDef.Type.DOUBLE,
                        FROM_THE_MODEL,
                        Validators.fromTo(NoiseKind.SMALLEST_SIGMA, NoiseKind.LARGEST_SIGMA),
                        HIGH,
                        "Standard deviation of the noise, in units of pixels scaled to [0, 1]; the one that the model was"
                                + " trained at where none is given.");
    }

    private static void defineSampling(ConfigDef definition) {
        definition
                .define(
                        ALPHA,
                        ConfigDef.Type.DOUBLE,
                        SmoothingParameters.DEFAULT_ALPHA,
                        Validators.fromBelow(SmoothingParameters.LEAST_ALPHA, 0.5),
                        MEDIUM,
                        "Probability that a certificate is wrong, at most.")
                .define(
                        N0,
                        ConfigDef.Type.LONG,
                        FROM_THE_PLAN,
                        Validators.ifGiven(ConfigDef.Range.between(1, SmoothingParameters.MOST_SAMPLES)),
                        MEDIUM,
                        "Noise samples that choose the class; " + Kind.ADAPTIVE.defaultN0()
                                + " for the plan adaptive and " + Kind.FIXED.defaultN0()
                                + " for the others where none are given.")
                .define(
                        N,
                        ConfigDef.Type.LONG,
                        SmoothingParameters.DEFAULT_N,
                        ConfigDef.Range.between(1, SmoothingParameters.MOST_SAMPLES),
                        HIGH,
                        "Noise samples that bound the class's probability, at most where the plan is not fixed.")
                .define(
                        NOISE,
                        ConfigDef.Type.STRING,
                        NoiseKind.DISCRETE.toString(),
                        Validators.in(Range.of(NoiseKind.class)),
                        LOW,
                        "Kind of the noise. discrete: exact, on the grid of 8-bit pixels; gaussian: floating-point, for"
                                + " comparison with the literature.");
    }

    private static void definePlan(ConfigDef definition) {
        definition
                .define(
                        PLAN.get(0),
                        ConfigDef.Type.STRING,
                        NONE,
                        Validators.in(Range.of(Kind.class)),
                        MEDIUM,
                        "How samples are spent: fixed (all n), adaptive (as many as the question needs) or deadline (as"
                                + " many as the time allows); the one that the next settings ask for where none is given."
                                + " In the service, a model's manifest goes before these settings, and an image's headers"
                                + " target-radius and deadline before both; a command's options go before the manifest.")
                .define(
                        PLAN.get(1),
                        ConfigDef.Type.DOUBLE,
                        NONE,
                        Validators.between(0, Double.POSITIVE_INFINITY),
                        MEDIUM,
                        "Radius to certify: sampling ends when it is, or is out of reach.")
                .define(
                        PLAN.get(2),
                        ConfigDef.Type.DOUBLE,
                        NONE,
                        Validators.between(0, 1),
                        LOW,
                        "Share of the radius that n samples could give at which sampling ends, such as 0.9.")
                .define(
                        PLAN.get(3),
                        ConfigDef.Type.DOUBLE,
                        NONE,
                        Validators.between(0, Double.POSITIVE_INFINITY),
                        MEDIUM,
                        "Seconds after which an image is answered with what was sampled; in the service at most"
                                + " record.max.seconds, whoever asks.");
    }

    /** Folder, file or name of the model; null where none is given. */
    public @Nullable Path model() {
        String model = values.getString(MODEL);
        return model == null ? null : Path.of(model);
    }

    /**
     * How the model is opened.
     *
     * @throws InvalidDataException when the names of its classes cannot be read
     */
    public ModelOverrides modelOptions() {
        return new ModelOverrides(
                values.getDouble(SIGMA),
                values.getString(MODEL_NAME),
                ClassNames.of(values.getList(MODEL_CLASSES)),
                InferenceSettings.options(values));
    }

    /**
     * What to certify with.
     *
     * @param sigma standard deviation of the noise, in units of pixels scaled to [0, 1]
     * @param plan the plan that spends the samples
     */
    public SmoothingParameters parameters(double sigma, Kind plan) {
        Long n0 = values.getLong(N0);
        return new SmoothingParameters(
                sigma,
                values.getDouble(ALPHA),
                n0 == null ? plan.defaultN0() : n0,
                values.getLong(N),
                NoiseKind.parse(values.getString(NOISE).strip()));
    }

    /**
     * How samples are spent.
     *
     * @throws InvalidDataException when the settings contradict each other
     */
    public PlanRequest plan() {
        String kind = values.getString(PLAN.get(0));
        return new PlanRequest(
                kind == null ? null : Kind.parse(kind.strip()),
                values.getDouble(PLAN.get(1)),
                values.getDouble(PLAN.get(2)),
                values.getDouble(PLAN.get(3)));
    }
}
