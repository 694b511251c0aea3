// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.catrs.schemas.serde.SchemaRegistryException;
import org.catrs.schemas.service.Health;
import org.catrs.trainer.jobs.JobRecord.Order;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes jobs from the topic, one at a time, and writes what becomes of them. It asks the brokers for records all the time
 * while a job is worked at on another thread, so that it stays a member of its group however long a job takes, and sees
 * cancellations.
 */
final class JobWorker implements ConsumerRebalanceListener {
    private static final Logger LOG = LoggerFactory.getLogger(JobWorker.class);
    private static final Duration POLL = Duration.ofMillis(100);
    /** Kafka's default of max.poll.interval.ms. */
    private static final Duration LONGEST_ROUND = Duration.ofMinutes(5);

    private static final Duration REGISTRY_PAUSE = Duration.ofSeconds(1);

    private final String topic;
    private final Consumer<String, byte[]> consumer;
    private final JobRecordReader reader;
    private final Function<TopicPartition, JobPartition> openPartition;
    private final JobStarter starter;
    private final NavigableMap<Integer, JobPartition> partitions = new ConcurrentSkipListMap<>();
    private volatile @Nullable RunningJob running;
    private int lastServed;
    private volatile boolean joined;
    private volatile boolean stopping;
    private volatile long lastRound = System.nanoTime();

    /**
     * Does not read yet.
     *
     * @param openPartition called for each partition that is assigned
     */
    JobWorker(
            String topic,
            Consumer<String, byte[]> consumer,
            JobRecordReader reader,
            Function<TopicPartition, JobPartition> openPartition,
            JobStarter starter) {
        this.topic = topic;
        this.consumer = consumer;
        this.reader = reader;
        this.openPartition = openPartition;
        this.starter = starter;
    }

    /** Works until it is stopped; hands the job at hand over, and leaves the group. */
    void run() {
        try (consumer) {
            consumer.subscribe(List.of(topic), this);
            while (!stopping || running != null) {
                consumer.poll(POLL).forEach(this::read);
                handOverWhenStopping();
                goOn();
                write();
                takeNext();
                lastRound = System.nanoTime();
            }
        } finally {
            RunningJob job = running;
            if (job != null) {
                job.control().end(JobControl.Ending.HANDED_OVER);
                job.await();
            }
            partitions.values().forEach(JobPartition::close);
        }
    }

    /** Asks for the end; the job at hand is handed over. */
    void stop() {
        stopping = true;
    }

    /** Whether it lives, and whether it takes jobs. */
    Health health() {
        if (System.nanoTime() - lastRound > LONGEST_ROUND.toNanos()) {
            return new Health(false, false, "STUCK", "it has not asked for jobs for longer than the brokers allow");
        }
        if (stopping) {
            return new Health(true, false, "STOPPING", "the job at hand is handed over");
        }
        Optional<String> id = job();
        if (id.isPresent()) {
            return new Health(true, true, "TRAINING", "job " + id.get() + " is worked at");
        }
        if (!joined) {
            return new Health(true, false, "JOINING", "partitions of " + topic + " are being assigned");
        }
        return partitions.isEmpty()
                ? new Health(true, true, "IDLE", "no partition of " + topic + " is left for this instance")
                : new Health(true, true, "WAITING", "jobs are taken as they come");
    }

    /** Id of the job that is worked at; empty when there is none. */
    Optional<String> job() {
        return Optional.ofNullable(running).map(RunningJob::id);
    }

    /** Number of the partition whose job is worked at; negative when there is none. */
    int busyPartition() {
        RunningJob job = running;
        return job == null ? -1 : job.partition();
    }

    /** Number of jobs that wait. */
    long waiting() {
        return partitions.values().stream().mapToLong(JobPartition::waiting).sum();
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        joined = true;
        assigned.forEach(partition -> partitions.put(partition.partition(), openPartition.apply(partition)));
    }

    /** Gives jobs that are worked at away with a checkpoint, and writes what is known of the others. */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        for (TopicPartition partition : revoked) {
            RunningJob job = running;
            if (job != null && job.partition() == partition.partition()) {
                job.control().end(JobControl.Ending.HANDED_OVER);
                job.await();
                goOn();
            }
            write(partition.partition());
            remove(partition);
        }
    }

    /** Somebody else may own them already. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
        for (TopicPartition partition : lost) {
            RunningJob job = running;
            if (job != null && job.partition() == partition.partition()) {
                LOG.warn("{} was lost, another instance goes on with job {}", partition, job.id());
                job.disown();
            }
            remove(partition);
        }
    }

    private void remove(TopicPartition partition) {
        JobPartition removed = partitions.remove(partition.partition());
        if (removed != null) {
            removed.close();
        }
    }

    private void read(ConsumerRecord<String, byte[]> message) {
        JobPartition partition = partitions.get(message.partition());
        TopicPartition source = new TopicPartition(topic, message.partition());
        if (partition == null || consumer.position(source) <= message.offset()) {
            return;
        }
        try {
            JobRecord content = reader.read(message);
            RunningJob job = running;
            if (job != null
                    && content instanceof JobRecord.Cancellation
                    && job.partition() == message.partition()
                    && job.id().equals(content.id())) {
                job.control().end(JobControl.Ending.CANCELLED);
            }
            partition.add(message.offset(), content);
        } catch (SchemaRegistryException e) {
            LOG.warn("{}@{} cannot be read now, and will be again", source, message.offset(), e);
            consumer.seek(source, message.offset());
            pause();
        }
    }

    private void handOverWhenStopping() {
        RunningJob job = running;
        if (stopping && job != null) {
            job.control().end(JobControl.Ending.HANDED_OVER);
        }
    }

    /** Passes on what the work at the job reports, and its end. */
    private void goOn() {
        RunningJob job = running;
        if (job == null) {
            return;
        }
        JobPartition partition = partitions.get(job.partition());
        boolean done = job.isDone();
        if (partition != null && !job.isDisowned()) {
            job.takeReports().forEach(partition::report);
            if (done) {
                job.end().ifPresent(partition::finish);
            }
        }
        if (done) {
            running = null;
        }
    }

    private void write() {
        partitions.keySet().forEach(this::write);
    }

    private void write(int number) {
        JobPartition partition = partitions.get(number);
        if (partition == null) {
            return;
        }
        TopicPartition source = new TopicPartition(topic, number);
        if (partition.write(consumer.groupMetadata(), () -> committed(source))) {
            OptionalLong cut = partition.takeCut();
            cut.ifPresent(offset -> consumer.seek(source, offset));
        }
    }

    private long committed(TopicPartition partition) {
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.of(partition));
        OffsetAndMetadata offset = committed.get(partition);
        return offset == null ? -1 : offset.offset();
    }

    /** Begins with the next job, of the partitions in turn. */
    private void takeNext() {
        if (running != null || stopping) {
            return;
        }
        NavigableMap<Integer, JobPartition> inTurn = new TreeMap<>(partitions.tailMap(lastServed, false));
        for (int round = 0; round < 2; round++) {
            for (Map.Entry<Integer, JobPartition> entry : inTurn.entrySet()) {
                Optional<Order> order =
                        entry.getValue().isWritten() ? entry.getValue().take() : Optional.empty();
                if (order.isPresent()) {
                    lastServed = entry.getKey();
                    running = starter.start(order.get().job(), entry.getKey());
                    return;
                }
            }
            inTurn = new TreeMap<>(partitions.headMap(lastServed, true));
        }
    }

    private static void pause() {
        try {
            Thread.sleep(REGISTRY_PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
