// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.held;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class GateTest {
    private static final TopicPartition ONE = new TopicPartition("images", 1);
    private static final TopicPartition TWO = new TopicPartition("images", 2);

    private final Gate gate = new Gate();

    /** The partitions that a consumer would have paused. */
    private final Set<TopicPartition> paused = new HashSet<>();

    @Test
    void shouldPauseWhatIsFullAndResumeItWhenItIsNot() {
        poll(Set.of(ONE));
        assertThat(paused).containsExactly(ONE);
        poll(Set.of(ONE, TWO));
        assertThat(paused).containsExactlyInAnyOrder(ONE, TWO);
        poll(Set.of(TWO));
        assertThat(paused).containsExactly(TWO);
        poll(Set.of());
        assertThat(paused).isEmpty();
    }

    @Test
    void shouldNotResumeWhatKafkaStreamsHasPaused() {
        pause(ONE);
        poll(Set.of(ONE));
        poll(Set.of());
        assertThat(paused).containsExactly(ONE);
        resume(ONE);
        assertThat(paused).isEmpty();
    }

    @Test
    void shouldNotLetKafkaStreamsResumeWhatIsFull() {
        poll(Set.of(ONE));
        pause(ONE);
        resume(ONE);
        assertThat(paused).containsExactly(ONE);
        poll(Set.of());
        assertThat(paused).isEmpty();
    }

    @Test
    void shouldForgetPartitionsThatWereRevokedAndAssignedAnew() {
        pause(ONE);
        poll(Set.of(ONE));
        // The consumer knows nothing of pauses in an earlier assignment.
        paused.clear();
        poll(Set.of());
        assertThat(paused).isEmpty();
        poll(Set.of(ONE));
        assertThat(paused).containsExactly(ONE);
        poll(Set.of());
        assertThat(paused)
                .as("the pause of the earlier assignment holds it no more")
                .isEmpty();
    }

    @Test
    void shouldPauseAnewWhatIsStillFullAfterItWasAssignedAnew() {
        poll(Set.of(ONE));
        paused.clear();
        poll(Set.of(ONE));
        assertThat(paused).containsExactly(ONE);
    }

    private void poll(Set<TopicPartition> full) {
        Gate.Change change = gate.before(Set.copyOf(paused), full);
        paused.addAll(change.pause());
        paused.removeAll(change.resume());
    }

    private void pause(TopicPartition partition) {
        gate.paused(Set.of(partition));
        paused.add(partition);
    }

    private void resume(TopicPartition partition) {
        paused.removeAll(gate.resumed(Set.of(partition)));
    }
}
