// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.rates;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.catrs.schemas.event.ShiftEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares the certificates of each model, plan and target with their baseline, and tells of shifts. */
final class ShiftProcessor implements Processor<String, RatedAnswer, String, ShiftEvent> {
    static final String STORE = "comparisons";

    /** Targets come from images' headers; whoever sends images must not fill the memory with them. */
    static final int MOST_COMPARISONS = 16;

    private static final Logger LOG = LoggerFactory.getLogger(ShiftProcessor.class);

    private final RatesOptions options;
    private final ShiftMeters meters;

    /** By model, then by key, in the order in which they began. */
    private final Map<String, Map<String, Comparison>> comparisons = new LinkedHashMap<>();

    private @Nullable ProcessorContext<String, ShiftEvent> context;
    private @Nullable KeyValueStore<String, ComparisonState> store;

    ShiftProcessor(RatesOptions options, ShiftMeters meters) {
        this.options = options;
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<String, ShiftEvent> context) {
        this.context = context;
        KeyValueStore<String, ComparisonState> kept = context.getStateStore(STORE);
        store = kept;
        close();
        try (KeyValueIterator<String, ComparisonState> all = kept.all()) {
            all.forEachRemaining(entry -> keep(Comparison.resume(entry.value, options)));
        }
    }

    @Override
    public void process(Record<String, RatedAnswer> answer) {
        CertificateFacts certificate = answer.value().certificate();
        if (certificate != null) {
            compare(answer.key(), certificate, answer.timestamp());
        }
    }

    private void compare(String model, CertificateFacts certificate, long now) {
        ProcessorContext<String, ShiftEvent> running = context;
        KeyValueStore<String, ComparisonState> kept = store;
        if (running == null || kept == null) {
            throw new IllegalStateException("init comes before process");
        }
        String key = RecordedBaseline.key(model, certificate);
        Map<String, Comparison> ofModel = comparisons.computeIfAbsent(model, absent -> new LinkedHashMap<>());
        Comparison comparison = ofModel.get(key);
        if (comparison == null) {
            if (!makeRoom(ofModel, certificate.sha256(), kept)) {
                LOG.debug("{} is not compared: there are {} baselines already", key, MOST_COMPARISONS);
                return;
            }
            comparison = Comparison.begin(model, certificate, options);
            keep(comparison);
        }
        boolean wasComplete = comparison.isComplete();
        for (ShiftEvent event : comparison.add(certificate, now)) {
            // Dated like an answer of long ago, the topic's retention could delete it at once.
            running.forward(new Record<>(model, event, running.currentSystemTimeMs()));
            meters.told(event);
            log(event);
        }
        if (comparison.isComplete() && !wasComplete) {
            meters.completed();
        }
        kept.put(key, comparison.state());
    }

    /** An earlier version's baseline goes first, then one that is not complete; a complete one of this version stays. */
    private boolean makeRoom(
            Map<String, Comparison> ofModel, String sha256, KeyValueStore<String, ComparisonState> kept) {
        if (ofModel.size() < MOST_COMPARISONS) {
            return true;
        }
        Optional<String> leaves = ofModel.entrySet().stream()
                .filter(entry -> !entry.getValue().isOf(sha256))
                .map(Map.Entry::getKey)
                .findFirst()
                .or(() -> ofModel.entrySet().stream()
                        .filter(entry -> !entry.getValue().isComplete())
                        .map(Map.Entry::getKey)
                        .findFirst());
        leaves.ifPresent(key -> {
            meters.remove(ofModel.remove(key));
            kept.delete(key);
        });
        return leaves.isPresent();
    }

    private void keep(Comparison comparison) {
        comparisons
                .computeIfAbsent(comparison.model(), absent -> new LinkedHashMap<>())
                .put(comparison.key(), comparison);
        meters.add(comparison);
    }

    private static void log(ShiftEvent event) {
        LOG.atWarn()
                .addKeyValue("model", event.model())
                .addKeyValue("version", event.version())
                .addKeyValue("plan", event.plan())
                .addKeyValue("targetRadius", event.targetRadius())
                .addKeyValue("measure", event.measure())
                .addKeyValue("share", event.share())
                .addKeyValue("baseline", event.baseline())
                .addKeyValue("now", event.now())
                .addKeyValue("images", event.images())
                .log(
                        event.state() == ShiftEvent.State.BEGAN
                                ? "answers are no longer those of the baseline"
                                : "answers are those of the baseline again");
    }

    @Override
    public void close() {
        comparisons.values().forEach(ofModel -> ofModel.values().forEach(meters::remove));
        comparisons.clear();
    }
}
