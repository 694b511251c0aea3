// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.catrs.schemas.Sha256;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.event.TrainingJob;
import org.catrs.schemas.event.TrainingStatus;
import org.catrs.schemas.event.TrainingStatus.State;
import org.catrs.schemas.image.ImageShape;
import org.catrs.trainer.jobs.JobRecord.Cancellation;
import org.catrs.trainer.jobs.JobRecord.Malformed;
import org.catrs.trainer.jobs.JobRecord.Order;
import org.junit.jupiter.api.Test;

class JobPartitionTest {
    private static final TopicPartition SOURCE = new TopicPartition("training-jobs", 0);
    private static final ConsumerGroupMetadata MEMBER = new ConsumerGroupMetadata("group");
    private static final TimeoutException LATE = new TimeoutException("no answer");
    private static final ModelRelease RELEASE = new ModelRelease(
            "model",
            "1",
            "file:///models/model/1/",
            Sha256.of(new byte[0]),
            null,
            0.5,
            List.of("0"),
            new ImageShape(1, 1, 1),
            new ModelRelease.Plan("fixed", 1, 1, 0.1),
            1L);

    private final List<MockProducer<String, byte[]>> producers = new ArrayList<>();
    private final AtomicInteger forgotten = new AtomicInteger();
    private Consumer<MockProducer<String, byte[]>> fault = producer -> {};
    private final JobPartition partition = new JobPartition(
            new JobLedger(SOURCE, this::newProducer),
            new EventRecords(TrainerConfig.of(Map.of(
                    "bootstrap.servers", "localhost:1", "model.store", "file:///models/", "model.signing.key", "key"))),
            new TrainerMeters(new SimpleMeterRegistry(), () -> 0, () -> 0));

    @Test
    void shouldCommitReleaseStatusAndOffsetTogether() {
        trainedJobAt(4);

        assertThat(partition.write(MEMBER, JobPartitionTest::notAsked)).isTrue();

        assertThat(committedRecords()).isEqualTo(List.of("models", "training-status", "training-status"));
        assertThat(committedOffsets()).containsExactly(5L);
        assertThat(forgotten).hasValue(1);
        assertThat(partition.isWritten()).isTrue();
    }

    @Test
    void shouldNotReleaseAgainWhatALostAnswerCommitted() {
        trainedJobAt(4);
        fault = producer -> producer.commitTransactionException = LATE;
        assertThat(partition.write(MEMBER, JobPartitionTest::notAsked)).isFalse();
        fault = producer -> {};

        assertThat(partition.write(MEMBER, () -> 5)).isTrue();

        assertThat(committedRecords()).isEqualTo(List.of("training-status", "training-status"));
        assertThat(forgotten).hasValue(1);
    }

    @Test
    void shouldReleaseAgainWhatWasNotCommitted() {
        trainedJobAt(4);
        fault = producer -> producer.commitTransactionException = LATE;
        assertThat(partition.write(MEMBER, JobPartitionTest::notAsked)).isFalse();
        fault = producer -> {};

        assertThat(partition.write(MEMBER, () -> 4)).isTrue();

        assertThat(committedRecords()).isEqualTo(List.of("models", "training-status", "training-status"));
    }

    @Test
    void shouldReleaseNothingWhileItIsNotKnownWhetherItIsReleased() {
        trainedJobAt(4);
        fault = producer -> producer.commitTransactionException = LATE;
        assertThat(partition.write(MEMBER, JobPartitionTest::notAsked)).isFalse();
        fault = producer -> producer.initTransactionException = LATE;
        assertThat(partition.write(MEMBER, JobPartitionTest::notAsked)).isFalse();
        fault = producer -> {};
        assertThat(partition.write(MEMBER, () -> {
                    throw LATE;
                }))
                .isFalse();

        assertThat(committedRecords()).isEmpty();
        assertThat(forgotten).hasValue(0);
        assertThat(partition.write(MEMBER, () -> 5)).isTrue();
    }

    @Test
    void shouldReportBesideTheOffsetOfTheJobAtHand() {
        partition.add(4, order("running"));
        partition.take();
        partition.add(5, order("waiting"));
        partition.add(6, new Malformed("bad", "no JSON"));
        partition.add(7, new Cancellation("waiting"));

        assertThat(partition.write(MEMBER, JobPartitionTest::notAsked)).isTrue();

        assertThat(committedOffsets()).containsExactly(4L);
        assertThat(last().history())
                .extracting(one -> one.key() + " " + state(one.value()))
                .containsExactly("running QUEUED", "waiting QUEUED", "bad FAILED", "waiting CANCELLED");
    }

    @Test
    void shouldCommitPastRecordsThatOrderNothing() {
        partition.add(4, new Malformed("bad", "no JSON"));
        partition.add(5, new Cancellation("unknown"));

        assertThat(partition.take()).isEmpty();
        assertThat(partition.write(MEMBER, JobPartitionTest::notAsked)).isTrue();

        assertThat(committedOffsets()).containsExactly(6L);
    }

    private void trainedJobAt(long offset) {
        partition.add(offset, order("job"));
        partition.take();
        TrainingStatus status = new TrainingStatus("job", State.SUCCEEDED, 1.0, Map.of(), "1", null);
        partition.finish(new RunningJob.End(status, RELEASE, forgotten::incrementAndGet));
    }

    private static Order order(String id) {
        return new Order(new TrainingJob(id, "model", "digits", null, Map.of()));
    }

    private MockProducer<String, byte[]> newProducer() {
        MockProducer<String, byte[]> producer = new MockProducer<>(
                true, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
        fault.accept(producer);
        producers.add(producer);
        return producer;
    }

    private MockProducer<String, byte[]> last() {
        return producers.get(producers.size() - 1);
    }

    private List<String> committedRecords() {
        return last().history().stream().map(one -> one.topic()).toList();
    }

    private List<Long> committedOffsets() {
        return last().consumerGroupOffsetsHistory().stream()
                .map(groups -> groups.get("group").get(SOURCE).offset())
                .toList();
    }

    private static String state(byte[] status) {
        return new String(status, StandardCharsets.UTF_8).replaceAll(".*\"state\":\"([A-Z]+)\".*", "$1");
    }

    private static long notAsked() {
        throw new AssertionError("the committed offset is asked for only when an end is in doubt");
    }
}
