// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.catrs.schemas.event.CertifiedPrediction;

/**
 * The certifier as a topology: images in, and for each of them a certified prediction or a rejection out. Building it
 * starts nothing.
 */
public final class CertificationTopology implements Supplier<Topology> {
    static final String IMAGES_SOURCE = "images-source";
    static final String CERTIFY = "certify";
    static final String PREDICTIONS_SINK = "certified-predictions-sink";
    static final String REJECTED_SINK = "images-rejected-sink";

    private final TopicNames topics;
    private final CertifierRegistry certifiers;
    private final Serializer<CertifiedPrediction> predictions;
    private final int maxRejectedBytes;
    private final CertifierMeters meters;

    /**
     * @param predictions writes predictions, and their content type into the headers
     * @param maxRejectedBytes largest batch of records that may be sent to the topic of rejected images
     */
    public CertificationTopology(
            TopicNames topics,
            CertifierRegistry certifiers,
            Serializer<CertifiedPrediction> predictions,
            int maxRejectedBytes,
            CertifierMeters meters) {
        this.topics = topics;
        this.certifiers = certifiers;
        this.predictions = predictions;
        this.maxRejectedBytes = maxRejectedBytes;
        this.meters = meters;
    }

    @Override
    public Topology get() {
        RejectedRecords rejectedRecords = new RejectedRecords(maxRejectedBytes);
        return new Topology()
                .addSource(
                        AutoOffsetReset.earliest(),
                        IMAGES_SOURCE,
                        new ImageTimestamps(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        topics.images())
                .addProcessor(CERTIFY, () -> new CertifyProcessor(certifiers, rejectedRecords, meters), IMAGES_SOURCE)
                .addSink(PREDICTIONS_SINK, topics.predictions(), new ByteArraySerializer(), predictions, CERTIFY)
                .addSink(
                        REJECTED_SINK,
                        topics.rejected(),
                        new ByteArraySerializer(),
                        new ByteArraySerializer(),
                        CERTIFY);
    }
}
