// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.catrs.certifier.network.model.ModelPlan;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.program.settings.SettingValues;
import org.catrs.program.settings.Validators;

/** The settings of how an image is sampled. */
public final class SamplingSettings {
    static final String ALPHA = "alpha";
    static final String N0 = "n0";
    public static final String N = "n";
    static final String NOISE = "noise";

    private SamplingSettings() {}

    static void define(ConfigDef definition) {
        definition
                .define(
                        ALPHA,
                        ConfigDef.Type.DOUBLE,
                        SmoothingParameters.DEFAULT_ALPHA,
                        Validators.between(0, 0.5),
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
                        Validators.namesOf(NoiseKind.values()),
                        LOW,
                        "Kind of the noise.");
    }

    /** As {@link CertifierConfig#parameters}. */
    static SmoothingParameters parameters(SettingValues values, double sigma, ModelPlan plan) {
        long n = (Long) values.value(N);
        Long most = (Long) values.orNull(PlanSettings.N_MAX);
        return new SmoothingParameters(
                sigma,
                (Double) values.value(ALPHA),
                (Long) values.value(N0),
                plan.n(n, most == null ? n : most),
                values.constant(NOISE, NoiseKind.class));
    }
}
