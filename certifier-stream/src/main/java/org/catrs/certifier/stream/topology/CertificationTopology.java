// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.catrs.certifier.stream.held.ImagesAtHand;

/**
 * The certifier as a topology: images in, and for each of them a certified prediction or a rejection out. Building it
 * starts nothing.
 */
public final class CertificationTopology implements Supplier<Topology> {
    static final String IMAGES_SOURCE = "images-source";
    static final String ACCEPT = "accept";
    static final String PREDICTIONS_SINK = "certified-predictions-sink";
    static final String REJECTED_SINK = "images-rejected-sink";

    private final TopicNames topics;
    private final ImagesAtHand images;
    private final CertifierMeters meters;

    /** @param images answered by {@link ImageAnswers} */
    public CertificationTopology(TopicNames topics, ImagesAtHand images, CertifierMeters meters) {
        this.topics = topics;
        this.images = images;
        this.meters = meters;
    }

    @Override
    public Topology get() {
        ByteArraySerializer bytes = new ByteArraySerializer();
        return new Topology()
                .addSource(
                        AutoOffsetReset.earliest(),
                        IMAGES_SOURCE,
                        new ImageTimestamps(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        topics.images())
                .addProcessor(ACCEPT, () -> new AcceptProcessor(topics.images(), images, meters), IMAGES_SOURCE)
                .addSink(PREDICTIONS_SINK, topics.predictions(), bytes, bytes, ACCEPT)
                .addSink(REJECTED_SINK, topics.rejected(), bytes, bytes, ACCEPT);
    }
}
