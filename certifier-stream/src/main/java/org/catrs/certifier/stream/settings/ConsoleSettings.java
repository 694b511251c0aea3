// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.streams.StreamsConfig;
import org.catrs.certifier.stream.console.ConsoleOptions;
import org.catrs.certifier.stream.console.ToldTopic;
import org.catrs.certifier.stream.rates.RatesOptions;
import org.catrs.certifier.stream.release.ReleaseOptions;
import org.catrs.console.view.Trials.Access;
import org.catrs.program.option.Range;
import org.catrs.program.settings.CommonSettings;
import org.catrs.program.settings.Validators;
import org.catrs.schemas.event.CertificationRates;
import org.catrs.schemas.event.Event;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.event.ModelStatus;
import org.catrs.schemas.event.ShiftEvent;
import org.catrs.schemas.serde.EventSerdes;
import org.jspecify.annotations.Nullable;

/** The settings of what the console's page shows. */
final class ConsoleSettings {
    private static final String PICTURES = "console.pictures";
    private static final String TRY = "console.try";

    private static final long LAST_EVENTS = 120;
    private static final long ALL = Long.MAX_VALUE;

    private ConsoleSettings() {}

    static void define(ConfigDef definition) {
        definition
                .define(
                        PICTURES,
                        ConfigDef.Type.BOOLEAN,
                        true,
                        MEDIUM,
                        "Whether the page of the console shows images to everybody who reaches it.")
                .define(
                        TRY,
                        ConfigDef.Type.STRING,
                        Access.LOOPBACK.toString(),
                        Validators.in(Range.of(Access.class)),
                        MEDIUM,
                        "Who may certify images of their own at the page of the console: off for nobody, loopback for who"
                                + " sits at the machine, everybody for all who reach it.");
    }

    static ConsoleOptions options(
            AbstractConfig values,
            StreamsConfig kafka,
            @Nullable ReleaseOptions releases,
            @Nullable RatesOptions rates) {
        Access access = Range.of(Access.class)
                .read(values.getString(TRY))
                .orElseThrow(() -> new IllegalStateException("the definition has checked it"));
        return new ConsoleOptions(
                ServiceSettings.topics(values),
                told(values, releases, rates),
                kafka.getGlobalConsumerConfigs("catrs-console"),
                CommonSettings.registry(values),
                ServiceSettings.limits(values),
                values.getBoolean(PICTURES),
                access);
    }

    private static List<ToldTopic<?>> told(
            AbstractConfig values, @Nullable ReleaseOptions releases, @Nullable RatesOptions rates) {
        List<ToldTopic<?>> told = new ArrayList<>();
        if (rates != null) {
            told.add(topic(values, rates.ratesTopic(), CertificationRates.class, LAST_EVENTS));
            told.add(topic(values, rates.shiftsTopic(), ShiftEvent.class, LAST_EVENTS));
        }
        if (releases != null) {
            told.add(topic(values, releases.topic(), ModelRelease.class, ALL));
            told.add(topic(values, releases.statusTopic(), ModelStatus.class, ALL));
        }
        return told;
    }

    private static <E extends Record & Event> ToldTopic<E> topic(
            AbstractConfig values, String name, Class<E> type, long last) {
        return new ToldTopic<>(name, EventSerdes.deserializer(type, CommonSettings.registry(values)), last);
    }
}
