// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.rates;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.catrs.schemas.event.CertificationRates;
import org.jspecify.annotations.Nullable;

/**
 * Counts the answers of each model and minute, and tells them when the clock on the wall says that the minute is over, so
 * that a stream without images ends its minutes, too.
 */
final class MinutesProcessor implements Processor<String, RatedAnswer, String, CertificationRates> {
    static final String STORE = "minutes";

    /** A minute is told at the second look after its end at which nothing new was found. */
    static final Duration LOOK = Duration.ofSeconds(5);

    private final List<Double> radii;
    private final Map<String, Minute> minutes = new HashMap<>();
    private @Nullable KeyValueStore<String, MinuteState> store;

    /** @param radii at which certified accuracy is told */
    MinutesProcessor(List<Double> radii) {
        this.radii = radii;
    }

    @Override
    public void init(ProcessorContext<String, CertificationRates> context) {
        KeyValueStore<String, MinuteState> kept = context.getStateStore(STORE);
        store = kept;
        minutes.clear();
        try (KeyValueIterator<String, MinuteState> all = kept.all()) {
            all.forEachRemaining(entry -> minutes.put(entry.key, new Minute(entry.value)));
        }
        context.schedule(LOOK, PunctuationType.WALL_CLOCK_TIME, now -> tell(context, kept, now));
    }

    @Override
    public void process(Record<String, RatedAnswer> answer) {
        if (store == null) {
            throw new IllegalStateException("init comes before process");
        }
        long begin = Minute.beginOf(answer.value().time());
        String key = answer.key() + "@" + begin;
        Minute minute = minutes.computeIfAbsent(key, absent -> new Minute(answer.key(), begin));
        minute.add(answer.value(), radii);
        store.put(key, minute.state());
    }

    private void tell(
            ProcessorContext<String, CertificationRates> context, KeyValueStore<String, MinuteState> kept, long now) {
        List<String> over = new ArrayList<>();
        minutes.forEach((key, minute) -> {
            if (minute.isOver(now)) {
                over.add(key);
            }
        });
        for (String key : over) {
            Minute minute = minutes.remove(key);
            kept.delete(key);
            if (minute != null) {
                CertificationRates rates = minute.rates();
                context.forward(new Record<>(rates.key(), rates, now));
            }
        }
    }
}
