// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.catrs.certifier.stream.held.ImagesAtHand;
import org.catrs.certifier.stream.held.PartitionImages;
import org.jspecify.annotations.Nullable;

/**
 * Takes each image of a partition, and forwards the answers that workers have made, in the partition's order. It never
 * waits: while images are at hand, a punctuator looks for answers.
 */
final class AcceptProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

    private final String topic;
    private final ImagesAtHand all;
    private final CertifierMeters meters;
    private @Nullable Assigned assigned;

    /** @param topic that images are read from */
    AcceptProcessor(String topic, ImagesAtHand all, CertifierMeters meters) {
        this.topic = topic;
        this.all = all;
        this.meters = meters;
    }

    /** What belongs to one assignment of the partition. Kafka Streams gives a processor several, one after the other. */
    private static final class Assigned {
        private final ProcessorContext<byte[], byte[]> context;
        private final PartitionImages images;

        /** Of each image without an answer, in the order of the partition. */
        private final Deque<ModelMeters> received = new ArrayDeque<>();

        /** Not there while nothing is at hand: each of its calls makes Kafka Streams commit. */
        private @Nullable Cancellable looks;

        Assigned(ProcessorContext<byte[], byte[]> context, PartitionImages images) {
            this.context = context;
            this.images = images;
        }

        void answer() {
            images.answer(answer -> context.forward(answer.message(), answer.sink()));
            keepLast(images.unanswered());
            if (images.isEmpty()) {
                stopLooking();
            } else if (looks == null) {
                looks = context.schedule(BETWEEN_LOOKS, PunctuationType.WALL_CLOCK_TIME, time -> answer());
            }
        }

        /** An answer that was forwarded too late is none, so what was answered is told from what is left. */
        void keepLast(int left) {
            while (received.size() > left) {
                received.remove();
            }
        }

        void stopLooking() {
            if (looks != null) {
                looks.cancel();
                looks = null;
            }
        }
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        TopicPartition partition = new TopicPartition(topic, context.taskId().partition());
        assigned = new Assigned(context, all.begin(partition));
    }

    @Override
    public void process(Record<byte[], byte[]> image) {
        if (assigned == null) {
            throw new IllegalStateException("init comes before process");
        }
        long offset = assigned.context
                .recordMetadata()
                .orElseThrow(() -> new IllegalStateException("an image that is processed comes from a topic"))
                .offset();
        assigned.received.add(meters.received(image.headers()));
        assigned.images.add(offset, image);
        assigned.answer();
    }

    @Override
    public void close() {
        if (assigned != null) {
            assigned.stopLooking();
            assigned.keepLast(assigned.images.close());
            assigned.received.forEach(meters::givenUp);
            assigned = null;
        }
    }
}
