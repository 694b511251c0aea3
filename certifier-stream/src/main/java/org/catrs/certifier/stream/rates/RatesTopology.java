// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.rates;

import java.net.URI;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.catrs.certifier.stream.topology.TopicNames;
import org.catrs.schemas.event.CertificationRates;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.event.Event;
import org.catrs.schemas.event.ShiftEvent;
import org.catrs.schemas.serde.EventFormat;
import org.catrs.schemas.serde.EventSerdes;
import org.jspecify.annotations.Nullable;

/**
 * Answers in, and rates and shifts out, as a topology. Answers are brought together by model, in a topic of its own whose
 * partitions do not depend on those of the images. Building it starts nothing.
 */
public final class RatesTopology implements Supplier<Topology> {
    /** Models are spread over so many partitions; another number would leave what was counted behind. */
    static final int PARTITIONS = 4;

    private final TopicNames topics;
    private final RatesOptions options;
    private final @Nullable URI registry;
    private final String defaultModel;
    private final Predicate<String> isServed;
    private final ShiftMeters meters;

    /**
     * @param registry address of the schema registry that predictions are written with; null where there is none
     * @param defaultModel model of images that name none
     * @param isServed whether there is a model of a name
     */
    public RatesTopology(
            TopicNames topics,
            RatesOptions options,
            @Nullable URI registry,
            String defaultModel,
            Predicate<String> isServed,
            ShiftMeters meters) {
        this.topics = topics;
        this.options = options;
        this.registry = registry;
        this.defaultModel = defaultModel;
        this.isServed = isServed;
        this.meters = meters;
    }

    @Override
    public Topology get() {
        StreamsBuilder builder = new StreamsBuilder();
        Deserializer<CertifiedPrediction> predictions = EventSerdes.deserializer(CertifiedPrediction.class, registry);
        KStream<String, RatedAnswer> answers = builder.stream(
                        List.of(topics.predictions(), topics.rejected()),
                        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                                .withTimestampExtractor(new WallclockTimestampExtractor())
                                .withOffsetResetPolicy(AutoOffsetReset.earliest())
                                .withName("answers-source"))
                .process(
                        () -> new AnswerReader(topics.rejected(), predictions, defaultModel, isServed),
                        Named.as("read-answers"))
                .repartition(Repartitioned.with(Serdes.String(), new RecordSerde<>(RatedAnswer.class))
                        .withName("by-model")
                        .withNumberOfPartitions(PARTITIONS));
        builder.addStateStore(store(MinutesProcessor.STORE, MinuteState.class));
        builder.addStateStore(store(ShiftProcessor.STORE, ComparisonState.class));
        answers.process(() -> new MinutesProcessor(options.radii()), Named.as("count-minutes"), MinutesProcessor.STORE)
                .to(options.ratesTopic(), produced(CertificationRates.class, "certification-rates-sink"));
        answers.process(
                        () -> new ShiftProcessor(options, meters),
                        Named.as("compare-with-baseline"),
                        ShiftProcessor.STORE)
                .to(options.shiftsTopic(), produced(ShiftEvent.class, "shift-events-sink"));
        return builder.build();
    }

    /** What is kept is small; between commits, what is written more than once reaches the brokers once. */
    private static <T extends Record> StoreBuilder<KeyValueStore<String, T>> store(String name, Class<T> type) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), new RecordSerde<>(type))
                .withCachingEnabled();
    }

    private static <E extends Record & Event> Produced<String, E> produced(Class<E> type, String name) {
        Serde<E> serde = Serdes.serdeFrom(
                EventSerdes.serializer(type, EventFormat.JSON, null), EventSerdes.deserializer(type, null));
        return Produced.with(Serdes.String(), serde).withName(name);
    }
}
