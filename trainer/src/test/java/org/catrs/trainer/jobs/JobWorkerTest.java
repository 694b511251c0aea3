// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.catrs.schemas.Sha256;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.event.TrainingJob;
import org.catrs.schemas.event.TrainingStatus;
import org.catrs.schemas.event.TrainingStatus.State;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.json.JsonRecords;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The worker runs on the test's thread: each step is one poll of its consumer, and what it does with what comes. */
class JobWorkerTest {
    private static final TopicPartition FIRST = new TopicPartition("training-jobs", 0);
    private static final TopicPartition SECOND = new TopicPartition("training-jobs", 1);
    private static final TrainerConfig CONFIG = TrainerConfig.of(
            Map.of("bootstrap.servers", "localhost:1", "model.store", "file:///models/", "model.signing.key", "key"));
    private static final JobResult TRAINED = new JobResult.Trained(new ModelRelease(
            "model",
            "1",
            "file:///models/model/1/",
            Sha256.of(new byte[0]),
            null,
            0.5,
            List.of("0"),
            new ImageShape(1, 1, 1),
            new ModelRelease.Plan("fixed", 1, 1, 0.1),
            1L));

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    private final List<SentByPartition> sent = new ArrayList<>();
    private final List<FakeTraining> trainings = new ArrayList<>();
    private final AtomicInteger forgotten = new AtomicInteger();
    private final JobWorker worker = new JobWorker(
            "training-jobs", consumer, new JobRecordReader(CONFIG.jobs()), this::openPartition, this::begin);

    @BeforeEach
    void haveTwoPartitions() {
        consumer.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));
        step(() -> consumer.rebalance(List.of(FIRST, SECOND)));
    }

    @AfterEach
    void shouldHaveLeftTheGroup() {
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void shouldTakeOneJobAtATimeOfThePartitionsInTurn() {
        step(() -> {
            order(FIRST, 0, "a");
            order(FIRST, 1, "b");
            order(SECOND, 0, "c");
        });
        step(() -> {
            assertThat(ids()).containsExactly("c");
            assertThat(worker.job()).contains("c");
            assertThat(worker.busyPartition()).isEqualTo(1);
            assertThat(worker.waiting()).isEqualTo(2);
            last().ends(TRAINED);
        });
        step(() -> last().ends(TRAINED));
        step(() -> last().ends(TRAINED));
        runToTheEnd();
        assertThat(ids()).containsExactly("c", "a", "b");
    }

    @Test
    void shouldReleaseWhatWasTrainedWithItsStatusAndItsOffset() {
        step(() -> order(FIRST, 0, "a"));
        step(() -> last().reports.add(running("a")));
        step(() -> last().ends(TRAINED));
        runToTheEnd();
        assertThat(statuses()).containsExactly("a QUEUED", "a RUNNING", "a SUCCEEDED");
        assertThat(releases()).isEqualTo(1);
        assertThat(committed(FIRST)).isEqualTo(1);
        assertThat(forgotten).hasValue(1);
    }

    @Test
    void shouldGoOnAfterAJobThatCannotBeDone() {
        step(() -> {
            order(FIRST, 0, "impossible");
            order(FIRST, 1, "b");
        });
        step(() -> last().ends(new JobResult.Failed("no such method")));
        step(() -> last().ends(TRAINED));
        runToTheEnd();
        assertThat(statuses()).contains("impossible FAILED", "b SUCCEEDED");
        assertThat(releases()).isEqualTo(1);
        assertThat(committed(FIRST)).isEqualTo(2);
    }

    @Test
    void shouldStopAJobWhosePartitionIsLostAndNotReleaseIt() {
        step(() -> order(FIRST, 0, "a"));
        step(() -> worker.onPartitionsLost(List.of(FIRST)));
        step(() -> {
            assertThat(last().control.isEnded()).isTrue();
            assertThat(last().control.isCancelled()).isFalse();
            assertThat(worker.job()).as("until its step is done").contains("a");
            last().reports.add(running("a"));
            last().ends(TRAINED);
            order(SECOND, 0, "b");
        });
        step(() -> {
            assertThat(worker.job()).contains("b");
            last().ends(new JobResult.Failed("another story"));
        });
        runToTheEnd();
        assertThat(releases()).isZero();
        assertThat(statuses()).containsExactlyInAnyOrder("a QUEUED", "b QUEUED", "b FAILED");
        assertThat(committed(FIRST))
                .as("whoever owns the partition does the job")
                .isZero();
    }

    @Test
    void shouldDoALostJobAnewWhenItsPartitionComesBack() {
        step(() -> order(FIRST, 0, "a"));
        step(() -> {
            worker.onPartitionsLost(List.of(FIRST));
            worker.onPartitionsAssigned(List.of(FIRST));
            consumer.seek(FIRST, 0);
            order(FIRST, 0, "a");
        });
        step(() -> {
            assertThat(ids()).containsExactly("a");
            last().ends(TRAINED);
        });
        step(() -> {
            assertThat(ids()).containsExactly("a", "a");
            assertThat(releases()).isZero();
            last().ends(TRAINED);
        });
        runToTheEnd();
        assertThat(releases()).isEqualTo(1);
        assertThat(committed(FIRST)).isEqualTo(1);
    }

    @Test
    void shouldHandOverAJobWhosePartitionIsRevoked() {
        step(() -> order(FIRST, 0, "a"));
        step(() -> {
            last().reports.add(running("a"));
            consumer.rebalance(List.of(SECOND));
            assertThat(last().control.isEnded()).isTrue();
            assertThat(last().control.isCancelled()).isFalse();
            assertThat(worker.job()).isEmpty();
        });
        runToTheEnd();
        assertThat(statuses()).containsExactly("a QUEUED", "a RUNNING");
        assertThat(releases()).isZero();
        assertThat(committed(FIRST)).isZero();
        assertThat(sent.get(0).producers).allMatch(MockProducer::closed);
    }

    @Test
    void shouldReleaseAJobThatWasDoneWhenItsPartitionIsRevoked() {
        step(() -> order(FIRST, 0, "a"));
        step(() -> {
            last().ends(TRAINED);
            consumer.rebalance(List.of(SECOND));
        });
        runToTheEnd();
        assertThat(releases()).isEqualTo(1);
        assertThat(committed(FIRST)).isEqualTo(1);
    }

    @Test
    void shouldGoOnWithAJobWhenAnotherPartitionIsRevokedOrLost() {
        step(() -> order(FIRST, 0, "a"));
        step(() -> consumer.rebalance(List.of(FIRST)));
        step(() -> worker.onPartitionsLost(List.of(SECOND)));
        step(() -> {
            assertThat(last().control.isEnded()).isFalse();
            last().ends(TRAINED);
        });
        runToTheEnd();
        assertThat(releases()).isEqualTo(1);
    }

    @Test
    void shouldEndAJobThatARecordWithoutAValueCancels() {
        step(() -> order(FIRST, 0, "a"));
        step(() -> cancel(FIRST, 1, "a"));
        step(() -> {
            assertThat(last().control.isCancelled()).isTrue();
            last().ends(TRAINED);
        });
        runToTheEnd();
        assertThat(statuses()).containsExactly("a QUEUED", "a CANCELLED");
        assertThat(releases()).isZero();
        assertThat(committed(FIRST)).isEqualTo(2);
    }

    @Test
    void shouldNotBeginAJobThatWasCancelledWhileItWaited() {
        step(() -> {
            order(FIRST, 0, "a");
            order(FIRST, 1, "b");
        });
        step(() -> {
            cancel(FIRST, 2, "b");
            cancel(FIRST, 3, "unknown");
        });
        step(() -> {
            assertThat(last().control.isEnded()).isFalse();
            last().ends(TRAINED);
        });
        runToTheEnd();
        assertThat(ids()).containsExactly("a");
        assertThat(statuses()).contains("b CANCELLED", "a SUCCEEDED");
        assertThat(committed(FIRST)).isEqualTo(4);
    }

    @Test
    void shouldDoTwiceWhatIsOrderedTwiceAndCancelOnlyTheOneInItsPartition() {
        step(() -> {
            order(FIRST, 0, "a");
            order(FIRST, 1, "a");
            order(SECOND, 0, "a");
        });
        step(() -> {
            assertThat(worker.busyPartition()).isEqualTo(1);
            last().ends(TRAINED);
        });
        step(() -> {
            cancel(SECOND, 1, "a");
            assertThat(last().control.isEnded()).isFalse();
        });
        step(() -> {
            assertThat(last().control.isEnded()).isFalse();
            last().ends(TRAINED);
        });
        step(() -> last().ends(TRAINED));
        runToTheEnd();
        assertThat(ids()).containsExactly("a", "a", "a");
        assertThat(releases()).isEqualTo(3);
        assertThat(committed(FIRST)).isEqualTo(2);
        assertThat(committed(SECOND)).isEqualTo(2);
    }

    @Test
    void shouldHandOverTheJobAtHandWhenItIsStopped() {
        step(() -> {
            order(FIRST, 0, "a");
            order(FIRST, 1, "b");
        });
        step(worker::stop);
        step(() -> {
            assertThat(last().control.isEnded()).isTrue();
            assertThat(worker.health().ready()).isFalse();
            last().ends(new JobResult.Ended());
        });
        worker.run();
        assertThat(ids()).containsExactly("a");
        assertThat(committed(FIRST)).isZero();
        assertThat(sent).allMatch(partition -> partition.producers.stream().allMatch(MockProducer::closed));
    }

    @Test
    void shouldSayWhatItDoes() {
        assertThat(worker.health().state()).isEqualTo("JOINING");
        step(() -> {
            assertThat(worker.health().state()).isEqualTo("WAITING");
            order(FIRST, 0, "a");
        });
        step(() -> {
            assertThat(worker.health().state()).isEqualTo("TRAINING");
            last().ends(TRAINED);
        });
        step(() -> consumer.rebalance(List.of()));
        step(() -> {
            assertThat(worker.health().state()).isEqualTo("IDLE");
            assertThat(worker.health().ready()).isTrue();
        });
        runToTheEnd();
        assertThat(worker.health().state()).isEqualTo("STOPPING");
    }

    /** What happens at the consumer's next poll, before the worker sees its records. */
    private void step(Runnable task) {
        consumer.schedulePollTask(task);
    }

    /** Runs the steps, and some rounds more in which all is written. */
    private void runToTheEnd() {
        step(() -> {});
        step(() -> {});
        step(worker::stop);
        worker.run();
    }

    private void order(TopicPartition partition, long offset, String id) {
        byte[] job = JsonRecords.write(new TrainingJob(id, "model", "digits", null, Map.of()));
        consumer.addRecord(new ConsumerRecord<>(partition.topic(), partition.partition(), offset, id, job));
    }

    private void cancel(TopicPartition partition, long offset, String id) {
        consumer.addRecord(new ConsumerRecord<>(partition.topic(), partition.partition(), offset, id, null));
    }

    private static TrainingStatus running(String id) {
        return new TrainingStatus(id, State.RUNNING, 1.0, Map.of(), null, null);
    }

    private JobPartition openPartition(TopicPartition partition) {
        SentByPartition records = new SentByPartition(partition, new ArrayList<>());
        sent.add(records);
        return new JobPartition(
                new JobLedger(partition, records::newProducer),
                new EventRecords(CONFIG),
                new TrainerMeters(new SimpleMeterRegistry(), () -> 0, () -> 0));
    }

    private RunningJob begin(TrainingJob job, int partition) {
        FakeTraining training = new FakeTraining(job.id(), new JobControl(), new ConcurrentLinkedQueue<>());
        trainings.add(training);
        return new RunningJob(
                job.id(), partition, training.control, training, training.reports, forgotten::incrementAndGet);
    }

    private FakeTraining last() {
        return trainings.get(trainings.size() - 1);
    }

    private List<String> ids() {
        return trainings.stream().map(training -> training.id).toList();
    }

    private List<String> statuses() {
        return records("training-status")
                .map(status -> status.key() + " "
                        + JsonRecords.read(status.value(), TrainingStatus.class).state())
                .toList();
    }

    private long releases() {
        return records("models").count();
    }

    private Stream<ProducerRecord<String, byte[]>> records(String topic) {
        return sent.stream()
                .flatMap(partition -> partition.producers.stream())
                .flatMap(producer -> producer.history().stream())
                .filter(one -> one.topic().equals(topic));
    }

    /** The offset that was committed last. */
    private long committed(TopicPartition partition) {
        return sent.stream()
                .filter(records -> records.partition.equals(partition))
                .flatMap(records -> records.producers.stream())
                .flatMap(producer -> producer.consumerGroupOffsetsHistory().stream())
                .flatMap(groups -> groups.values().stream())
                .map(offsets -> offsets.get(partition).offset())
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    /** What was sent on behalf of a partition; of transactions, what was committed. */
    private record SentByPartition(TopicPartition partition, List<MockProducer<String, byte[]>> producers) {
        MockProducer<String, byte[]> newProducer() {
            MockProducer<String, byte[]> producer = new MockProducer<>(
                    true, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
            producers.add(producer);
            return producer;
        }
    }

    /** Work that goes on until the test ends it, or somebody waits for it who has asked for its end. */
    private static final class FakeTraining implements Future<JobResult> {
        private final String id;
        private final JobControl control;
        private final Queue<TrainingStatus> reports;
        private @Nullable JobResult result;

        FakeTraining(String id, JobControl control, Queue<TrainingStatus> reports) {
            this.id = id;
            this.control = control;
            this.reports = reports;
        }

        void ends(JobResult how) {
            result = how;
        }

        @Override
        public boolean isDone() {
            return result != null;
        }

        @Override
        public JobResult get() {
            if (result == null) {
                assertThat(control.isEnded())
                        .as("whether the end of a job was asked for that is waited for")
                        .isTrue();
                result = new JobResult.Ended();
            }
            return result;
        }

        @Override
        public JobResult get(long timeout, TimeUnit unit) {
            return get();
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isCancelled() {
            return false;
        }
    }
}
