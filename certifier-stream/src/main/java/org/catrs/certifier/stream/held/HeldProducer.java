// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.held;

import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A stream thread's producer of answers: of the offsets that Kafka Streams has it commit, it commits none beyond an image
 * without an answer. Where nothing changed, nothing is written.
 */
final class HeldProducer extends KafkaProducer<byte[], byte[]> {
    private final HeldOffsets offsets;
    private final Transactions transactions;
    private boolean hasSent;

    HeldProducer(Map<String, Object> config, ImagesAtHand images, ImageLog log, Transactions transactions) {
        super(config, new ByteArraySerializer(), new ByteArraySerializer());
        this.offsets = new HeldOffsets(images, log);
        this.transactions = transactions;
    }

    @Override
    public void beginTransaction() {
        super.beginTransaction();
        hasSent = false;
        offsets.begin();
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> message, Callback callback) {
        hasSent = true;
        return super.send(message, callback);
    }

    @Override
    public void sendOffsetsToTransaction(Map<TopicPartition, OffsetAndMetadata> taken, ConsumerGroupMetadata group) {
        Map<TopicPartition, OffsetAndMetadata> held = offsets.of(taken);
        if (hasSent && held.isEmpty()) {
            // No offset would go with the answers, and so nobody would see that they are not this thread's to send.
            throw new CommitFailedException("the partitions of the answers belong to another thread by now");
        }
        if (hasSent || !offsets.areCommitted(held)) {
            super.sendOffsetsToTransaction(held, group);
            offsets.add(held);
        }
    }

    @Override
    public void commitTransaction() {
        super.commitTransaction();
        offsets.commit();
        if (hasSent) {
            transactions.commit();
        }
    }

    @Override
    public void abortTransaction() {
        transactions.abort();
        super.abortTransaction();
    }
}
