// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.event.TrainingStatus;
import org.catrs.schemas.event.TrainingStatus.State;
import org.catrs.trainer.jobs.JobRecord.Order;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A partition of the jobs' topic while this instance owns it: the jobs that wait, and what is still to be written of them.
 * To be used by one thread.
 */
final class JobPartition implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobPartition.class);

    /** Jobs that are held in memory, of at most 64 KiB each. */
    private static final int CAPACITY = 1000;

    private static final long NOTHING_COMMITTED = -1;

    private final JobQueue queue = new JobQueue(CAPACITY);
    private final JobLedger ledger;
    private final EventRecords events;
    private final TrainerMeters meters;
    private final List<TrainingStatus> unwritten = new ArrayList<>();
    private JobQueue.@Nullable Entry current;
    private RunningJob.@Nullable End end;
    private long finished = NOTHING_COMMITTED;
    private boolean offsetMoved;
    private boolean inDoubt;

    JobPartition(JobLedger ledger, EventRecords events, TrainerMeters meters) {
        this.ledger = ledger;
        this.events = events;
        this.meters = meters;
    }

    /**
     * Ends what a killed owner has begun: until then the brokers do not say how far the partition is dealt with. Where
     * that cannot be done now, they do it after the transaction's time-out.
     */
    void takeOver() {
        ledger.recover();
    }

    /** Takes the partition's next record in. */
    void add(long offset, JobRecord content) {
        queue.add(offset, content)
                .ifPresent(id -> report(
                        new TrainingStatus(id, State.CANCELLED, null, Map.of(), null, "cancelled before it began")));
        if (queue.isHolding()) {
            content.report().ifPresent(this::report);
        }
    }

    /** Takes the next order to be worked at, past records that order nothing. */
    Optional<Order> take() {
        Optional<JobQueue.Entry> entry = queue.take();
        while (entry.isPresent()) {
            if (entry.get().content() instanceof Order order) {
                current = entry.get();
                return Optional.of(order);
            }
            offsetMoved = true;
            entry = queue.take();
        }
        return Optional.empty();
    }

    /** Where to read again, when there was more than could be held and it is dealt with. */
    OptionalLong takeCut() {
        return current == null ? queue.takeCut() : OptionalLong.empty();
    }

    /** Number of orders that wait. */
    long waiting() {
        return queue.waiting();
    }

    /** Whether nothing is left to be written. */
    boolean isWritten() {
        return unwritten.isEmpty() && !offsetMoved;
    }

    void report(TrainingStatus status) {
        unwritten.add(status);
    }

    /** The order that was taken is dealt with. */
    void finish(RunningJob.End how) {
        if (current == null) {
            throw new IllegalStateException("no job was taken");
        }
        report(how.status());
        finished = current.offset();
        end = how;
        current = null;
        offsetMoved = true;
    }

    /**
     * Writes what is to be written.
     *
     * @param committed asked for the partition's committed offset
     * @return whether all of it is
     */
    boolean write(ConsumerGroupMetadata member, LongSupplier committed) {
        if (isWritten()) {
            return true;
        }
        ModelRelease release = end == null ? null : end.release();
        if (inDoubt && release != null) {
            OptionalLong settled = settled(committed);
            if (settled.isEmpty()) {
                return false;
            }
            release = settled.getAsLong() > finished ? null : release;
        }
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        if (release != null) {
            records.add(events.release(release));
        }
        unwritten.forEach(status -> records.add(events.status(status)));
        long offset = current != null ? current.offset() : queue.nextOffset();
        inDoubt = !ledger.write(records, offset, member);
        if (!inDoubt) {
            forgetWritten();
        }
        return !inDoubt;
    }

    private void forgetWritten() {
        unwritten.clear();
        offsetMoved = false;
        if (end != null) {
            meters.ended(end.status().state());
            end.forget().run();
            end = null;
        }
    }

    /** The committed offset once no transaction is open any more; empty while that cannot be known. */
    private OptionalLong settled(LongSupplier committed) {
        if (!ledger.recover()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(committed.getAsLong());
        } catch (TimeoutException e) {
            LOG.warn("the brokers do not say whether a release was committed; they are asked again", e);
            return OptionalLong.empty();
        }
    }

    @Override
    public void close() {
        ledger.close();
    }
}
