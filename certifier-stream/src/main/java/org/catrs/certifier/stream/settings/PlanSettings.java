// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.catrs.certifier.smoothing.PlanRequest;
import org.catrs.certifier.smoothing.SamplingPlan.Kind;
import org.catrs.program.settings.SettingValues;
import org.catrs.program.settings.Validators;
import org.jspecify.annotations.Nullable;

/** The settings of how samples are spent, which models and images may ask to be otherwise. */
final class PlanSettings {
    static final String PLAN = "plan";
    static final String TARGET_RADIUS = "target.radius";
    static final String RADIUS_FRACTION = "radius.fraction";
    static final String DEADLINE = "deadline";
    static final String N_MAX = "n.max";
    static final String BACKLOG_MAX = "backlog.max";

    private static final @Nullable Object NONE = null;

    private PlanSettings() {}

    static void define(ConfigDef definition) {
        definition
                .define(
                        PLAN,
                        ConfigDef.Type.STRING,
                        NONE,
                        Validators.nullOr(Validators.parsedBy(Kind::parse, "one of " + List.of(Kind.values()))),
                        MEDIUM,
                        "How samples are spent: fixed (all n), adaptive (as many as the question needs) or deadline (as"
                                + " many as the time allows); the one that the next settings ask for where none is given."
                                + " A model's manifest goes before these settings, and an image's headers target-radius"
                                + " and deadline before both.")
                .define(
                        TARGET_RADIUS,
                        ConfigDef.Type.DOUBLE,
                        NONE,
                        Validators.between(0, Double.POSITIVE_INFINITY),
                        MEDIUM,
                        "Radius to certify: sampling ends when it is, or is out of reach.")
                .define(
                        RADIUS_FRACTION,
                        ConfigDef.Type.DOUBLE,
                        NONE,
                        Validators.between(0, 1),
                        LOW,
                        "Share of the radius that n samples could give at which sampling ends, such as 0.9.")
                .define(
                        DEADLINE,
                        ConfigDef.Type.DOUBLE,
                        NONE,
                        Validators.between(0, Double.POSITIVE_INFINITY),
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

    /**
     * How samples are spent unless a model or an image asks otherwise.
     *
     * @throws org.catrs.schemas.InvalidDataException when the settings contradict each other
     */
    static PlanRequest request(SettingValues values) {
        String plan = (String) values.orNull(PLAN);
        return new PlanRequest(
                plan == null ? null : Kind.parse(plan),
                (Double) values.orNull(TARGET_RADIUS),
                (Double) values.orNull(RADIUS_FRACTION),
                (Double) values.orNull(DEADLINE));
    }
}
