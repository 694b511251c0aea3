// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what becomes of one partition's jobs, together with the offset up to which they are dealt with, in transactions.
 *
 * <p>Each transaction commits an offset for a member of the group, also one that only reports: whoever has lost the
 * partition can therefore write nothing any more, whether it knows of its loss or not. The producer's transactional id
 * is the partition's, so that the next owner ends at once what a killed one has begun.
 */
final class JobLedger implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobLedger.class);

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final TopicPartition partition;
    private final Supplier<? extends Producer<String, byte[]>> producers;
    private @Nullable Producer<String, byte[]> producer;

    JobLedger(TopicPartition partition, Supplier<? extends Producer<String, byte[]>> producers) {
        this.partition = partition;
        this.producers = producers;
    }

    /**
     * Writes records and an offset, all of them or nothing.
     *
     * @param offset of the first record of the partition that is not dealt with
     * @return whether it is known to be done; where it is not, it may be done all the same
     * @throws AuthorizationException when the brokers do not allow it
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the commit throws what a send did
    boolean write(Collection<ProducerRecord<String, byte[]>> records, long offset, ConsumerGroupMetadata member) {
        try {
            Producer<String, byte[]> open = open();
            open.beginTransaction();
            records.forEach(open::send);
            open.sendOffsetsToTransaction(Map.of(partition, new OffsetAndMetadata(offset)), member);
            open.commitTransaction();
            return true;
        } catch (AuthorizationException e) {
            throw e;
        } catch (KafkaException e) {
            LOG.warn(
                    "what became of jobs of {} could not be written, and will be again if it is still ours",
                    partition,
                    e);
            close();
            return false;
        }
    }

    /**
     * Brings the last transaction to an end, if its end is not known.
     *
     * @return whether that is done
     */
    boolean recover() {
        try {
            open();
            return true;
        } catch (AuthorizationException e) {
            throw e;
        } catch (KafkaException e) {
            LOG.warn("no transaction can be begun for {}", partition, e);
            close();
            return false;
        }
    }

    /** Aborts what is open. */
    @Override
    public void close() {
        if (producer != null) {
            producer.close(CLOSE_LIMIT);
            producer = null;
        }
    }

    private Producer<String, byte[]> open() {
        Producer<String, byte[]> open = producer;
        if (open == null) {
            open = producers.get();
            producer = open;
            open.initTransactions();
        }
        return open;
    }
}
