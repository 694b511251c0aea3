// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.catrs.console.Health;
import org.catrs.schemas.serde.SchemaRegistryException;
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
    private final JobPartitions partitions;
    private final JobStarter starter;
    private volatile @Nullable RunningJob running;
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
        this.partitions = new JobPartitions(topic, consumer, openPartition);
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
                partitions.write();
                takeNext();
                lastRound = System.nanoTime();
            }
        } finally {
            RunningJob job = running;
            if (job != null) {
                job.control().end(JobControl.Ending.HANDED_OVER);
                job.await();
            }
            partitions.close();
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
        return partitions.waiting();
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        joined = true;
        partitions.add(assigned);
    }

    /** Gives jobs that are worked at away with a checkpoint, and writes what is known of the others. */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        for (TopicPartition partition : revoked) {
            int number = partition.partition();
            runningOf(number).ifPresent(job -> {
                job.control().end(JobControl.Ending.HANDED_OVER);
                job.await();
                goOn();
            });
            partitions.write(number);
            partitions.remove(number);
        }
    }

    /** Somebody else may own them already. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
        for (TopicPartition partition : lost) {
            runningOf(partition.partition()).ifPresent(job -> {
                LOG.warn("{} was lost, another instance goes on with job {}", partition, job.id());
                job.disown();
            });
            partitions.remove(partition.partition());
        }
    }

    private Optional<RunningJob> runningOf(int partition) {
        return Optional.ofNullable(running).filter(job -> job.partition() == partition);
    }

    private void read(ConsumerRecord<String, byte[]> message) {
        Optional<JobPartition> partition = partitions.get(message.partition());
        TopicPartition source = new TopicPartition(topic, message.partition());
        if (partition.isEmpty() || consumer.position(source) <= message.offset()) {
            return;
        }
        try {
            JobRecord content = reader.read(message);
            if (content instanceof JobRecord.Cancellation) {
                runningOf(message.partition())
                        .filter(job -> job.id().equals(content.id()))
                        .ifPresent(job -> job.control().end(JobControl.Ending.CANCELLED));
            }
            partition.get().add(message.offset(), content);
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
        Optional<JobPartition> partition = partitions.get(job.partition());
        boolean done = job.isDone();
        if (partition.isPresent() && !job.isDisowned()) {
            job.takeReports().forEach(partition.get()::report);
            if (done) {
                job.end().ifPresent(partition.get()::finish);
            }
        }
        if (done) {
            running = null;
        }
    }

    private void takeNext() {
        if (running == null && !stopping) {
            partitions
                    .takeNext()
                    .ifPresent(turn -> running = starter.start(turn.order().job(), turn.partition()));
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
