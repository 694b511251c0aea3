// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.catrs.certifier.stream.rates.RatesOptions;
import org.catrs.certifier.stream.rates.RecordedBaseline;
import org.catrs.certifier.stream.rates.shift.ShiftLimits;
import org.catrs.program.settings.Validators;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.topic.Topics;
import org.jspecify.annotations.Nullable;

/** The settings of what is told of rates and shifts. */
final class RatesSettings {
    static final String TOPIC = "rates.topic";
    static final String SHIFTS_TOPIC = "shifts.topic";

    private static final String ENABLED = "rates.enabled";
    private static final String RADII = "rates.radii";
    private static final String BASELINE_IMAGES = "shifts.baseline.images";
    private static final String BASELINES = "shifts.baselines";
    private static final String ALPHA = "shifts.alpha";
    private static final String SMALLEST = "shifts.smallest";

    private RatesSettings() {}

    static void define(ConfigDef definition) {
        definition
                .define(
                        ENABLED,
                        ConfigDef.Type.BOOLEAN,
                        true,
                        MEDIUM,
                        "Whether rates and shifts are told, by a stream of its own whose application id ends in -rates.")
                .define(
                        TOPIC,
                        ConfigDef.Type.STRING,
                        Topics.CERTIFICATION_RATES,
                        new NonEmptyString(),
                        MEDIUM,
                        "Topic that is told what became of each minute's images.")
                .define(
                        SHIFTS_TOPIC,
                        ConfigDef.Type.STRING,
                        Topics.SHIFT_EVENTS,
                        new NonEmptyString(),
                        MEDIUM,
                        "Topic that is told when answers are no longer those of the baseline.")
                .define(
                        RADII,
                        ConfigDef.Type.STRING,
                        "0,0.25,0.5,0.75,1,1.25,1.5,2",
                        Validators.parsedBy(RatesSettings::radii, "numbers that are at least 0"),
                        LOW,
                        "Radii, L2, in units of pixels scaled to [0, 1], at which certified accuracy is told where true"
                                + " labels are sent; separated by commas.")
                .define(
                        BASELINE_IMAGES,
                        ConfigDef.Type.INT,
                        2_000,
                        Range.between(100, 1_000_000),
                        MEDIUM,
                        "Answers of which the baseline of a model, plan and target is made: the first ones.")
                .define(
                        BASELINES,
                        ConfigDef.Type.LIST,
                        "",
                        MEDIUM,
                        "Files of baselines that were recorded, which go before the first answers; separated by commas.")
                .define(
                        ALPHA,
                        ConfigDef.Type.DOUBLE,
                        0.01,
                        Validators.between(0, 0.5),
                        LOW,
                        "Probability, over the whole life of a baseline, that a shift is told where none matters.")
                .define(
                        SMALLEST,
                        ConfigDef.Type.DOUBLE,
                        0.05,
                        Validators.fromBelow(0, 1),
                        MEDIUM,
                        "Smallest shift of a share of the answers that matters.");
    }

    /**
     * How rates and shifts are told; null where they are not.
     *
     * @throws InvalidDataException when a baseline cannot be read
     */
    static @Nullable RatesOptions options(AbstractConfig values) {
        return values.getBoolean(ENABLED)
                ? new RatesOptions(
                        values.getString(TOPIC),
                        values.getString(SHIFTS_TOPIC),
                        values.getInt(BASELINE_IMAGES),
                        values.getList(BASELINES).stream()
                                .map(file -> RecordedBaseline.read(Path.of(file)))
                                .toList(),
                        new ShiftLimits(values.getDouble(ALPHA), values.getDouble(SMALLEST)),
                        radii(values.getString(RADII)))
                : null;
    }

    private static List<Double> radii(String given) {
        try {
            List<Double> radii = Arrays.stream(given.split(",", -1))
                    .map(text -> Double.valueOf(text.strip()))
                    .distinct()
                    .sorted()
                    .toList();
            if (!radii.stream().allMatch(radius -> radius >= 0)) {
                throw new InvalidDataException("a radius is at least 0");
            }
            return radii;
        } catch (NumberFormatException e) {
            throw new InvalidDataException("radii are numbers", e);
        }
    }
}
