// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.catrs.schemas.event.TrainingJob;
import org.catrs.trainer.jobs.JobRecord.Cancellation;
import org.catrs.trainer.jobs.JobRecord.Order;
import org.junit.jupiter.api.Test;

class JobQueueTest {
    private final JobQueue queue = new JobQueue(2);

    @Test
    void shouldGiveRecordsInTheirOrderAndSayWhereItStands() {
        queue.add(5, order("a"));
        queue.add(6, order("b"));

        assertThat(queue.nextOffset()).isEqualTo(5);
        assertThat(queue.take()).contains(new JobQueue.Entry(5, order("a")));
        assertThat(queue.nextOffset()).isEqualTo(6);
        assertThat(queue.take()).contains(new JobQueue.Entry(6, order("b")));
        assertThat(queue.nextOffset()).isEqualTo(7);
        assertThat(queue.take()).isEmpty();
    }

    @Test
    void shouldCancelAJobThatWaits() {
        queue.add(0, order("a"));

        assertThat(queue.add(1, new Cancellation("a"))).contains("a");
        assertThat(queue.waiting()).isZero();
        assertThat(queue.take()).contains(new JobQueue.Entry(0, new Cancellation("a")));
    }

    @Test
    void shouldNotCancelAJobThatIsOrderedAfterwards() {
        assertThat(queue.add(0, new Cancellation("a"))).isEmpty();
        queue.add(1, order("a"));

        assertThat(queue.waiting()).isEqualTo(1);
    }

    @Test
    void shouldHeedCancellationsBeyondWhatItHoldsAndReadTheRestAgain() {
        queue.add(0, order("a"));
        queue.add(1, order("b"));
        queue.add(2, order("c"));

        assertThat(queue.isHolding()).isFalse();
        assertThat(queue.add(3, new Cancellation("b"))).contains("b");
        assertThat(queue.takeCut()).as("while records wait").isEmpty();
        queue.take();
        queue.take();
        assertThat(queue.nextOffset()).isEqualTo(2);
        assertThat(queue.takeCut()).hasValue(2);
        assertThat(queue.takeCut()).isEmpty();
        queue.add(2, order("c"));
        assertThat(queue.take()).contains(new JobQueue.Entry(2, order("c")));
    }

    private static Order order(String id) {
        return new Order(new TrainingJob(id, "model", "digits", null, Map.of()));
    }
}
