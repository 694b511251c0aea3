// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.batches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.catrs.certifier.network.batches.FakeNetwork.expected;
import static org.catrs.certifier.network.batches.FakeNetwork.range;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.catrs.certifier.smoothing.SampleRange;
import org.catrs.certifier.smoothing.counts.BatchFill;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class SampleQueueTest {
    private final FillCounter fill = new FillCounter();

    @ParameterizedTest
    @CsvSource({
        "1, 1, AMONG_REQUESTS",
        "3, 64, AMONG_REQUESTS",
        "4, 7, AMONG_REQUESTS",
        "2, 1000, AMONG_REQUESTS",
        "3, 64, NONE",
        "2, 5, NONE"
    })
    void shouldGiveEachOfManyCallersTheVotesOfItsOwnSamples(int threads, int batch, BatchSharing sharing) {
        SampleQueue queue = new SampleQueue(batch, FakeNetwork.CLASSES, sharing, fill);
        FakeNetwork network = new FakeNetwork(queue);
        ExecutorService running = Executors.newFixedThreadPool(threads);
        IntStream.range(0, threads).forEach(i -> running.execute(network::serve));

        assertThat(IntStream.range(0, 300)
                        .parallel()
                        .mapToObj(FakeNetworkRanges::of)
                        .allMatch(ranges ->
                                network.count(ranges).equals(List.of(expected(ranges[0]), expected(ranges[1])))))
                .isTrue();

        queue.close();
        Endings.await(running);
        assertThat(running.isTerminated()).isTrue();
    }

    @Test
    void shouldFillABatchWithTheSamplesOfSeveralRequests() throws Exception {
        SampleQueue queue = queue(300);
        FakeNetwork network = new FakeNetwork(queue);
        Caller one = network.ask(range(0, 100), range(1000, 64));
        Caller other = network.ask(range(50, 136));

        FakeNetwork.run(queue.take(wholly -> wholly));

        assertThat(one.answer()).containsExactly(expected(range(0, 100)), expected(range(1000, 64)));
        assertThat(other.answer()).containsExactly(expected(range(50, 136)));
        assertThat(fill.fill()).isEqualTo(new BatchFill(300, 300));
    }

    @Test
    void shouldLetNoRangeShareABatchWhereNothingIsShownOfTheNetwork() {
        SampleQueue queue = new SampleQueue(64, FakeNetwork.CLASSES, BatchSharing.NONE, fill);
        FakeNetwork network = new FakeNetwork(queue);
        List<Caller> callers = List.of(network.ask(range(0, 100), range(7, 64)), network.ask(range(5, 200)));

        List<List<Long>> batches = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            Filling filling = queue.take(wholly -> true);
            assertThat(filling.pieces()).hasSize(1);
            Piece piece = filling.pieces().get(0);
            assertThat(piece.place()).isZero();
            batches.add(List.of(piece.first(), (long) piece.size()));
            FakeNetwork.run(filling);
        }

        assertThat(batches)
                .containsExactlyInAnyOrder(
                        List.of(0L, 64L),
                        List.of(64L, 36L),
                        List.of(7L, 64L),
                        List.of(5L, 64L),
                        List.of(69L, 64L),
                        List.of(133L, 64L),
                        List.of(197L, 8L));
        assertThat(callers).allSatisfy(caller -> assertThat(caller.answer()).isNotEmpty());
    }

    @Test
    void shouldForgetTheRequestOfACallerThatIsInterrupted() throws Exception {
        SampleQueue queue = queue(100);
        FakeNetwork network = new FakeNetwork(queue);
        Caller impatient = network.ask(range(0, 1_000_000_000));
        Filling begun = queue.take(wholly -> wholly);

        impatient.interrupt();
        assertThatThrownBy(impatient::answer).hasCauseInstanceOf(CancellationException.class);
        assertThat(impatient.wasInterrupted()).isTrue();
        FakeNetwork.run(begun);
        assertThat(fill.fill()).isEqualTo(new BatchFill(100, 0));

        Caller other = network.ask(range(0, 30));
        FakeNetwork.run(queue.take(wholly -> true));
        assertThat(other.answer()).containsExactly(expected(range(0, 30)));
        assertThat(fill.fill()).isEqualTo(new BatchFill(200, 30));
    }

    @Test
    void shouldFailTheRequestsOfABatchThatDidNotRunAndNoOthers() throws Exception {
        SampleQueue queue = queue(100);
        FakeNetwork network = new FakeNetwork(queue);
        IllegalStateException failure = new IllegalStateException("no logits");
        Caller small = network.ask(range(0, 40));
        Caller large = network.ask(range(0, 60));
        Filling failing = queue.take(wholly -> wholly);
        Caller other = network.ask(range(9, 100));
        Filling next = queue.take(wholly -> wholly);

        failing.fail(failure);
        FakeNetwork.run(next);

        for (Caller failed : List.of(small, large)) {
            assertThatThrownBy(failed::answer)
                    .hasCauseInstanceOf(IllegalStateException.class)
                    .hasRootCause(failure);
        }
        assertThat(other.answer()).containsExactly(expected(range(9, 100)));
        assertThat(fill.fill()).isEqualTo(new BatchFill(200, 100));
    }

    @Test
    void shouldTakeNoMoreOfARequestThatFailed() throws Exception {
        SampleQueue queue = queue(100);
        FakeNetwork network = new FakeNetwork(queue);
        Caller failed = network.ask(range(0, 1_000_000));
        queue.take(wholly -> wholly).fail(new IllegalStateException("no logits"));
        assertThatThrownBy(failed::answer).hasRootCauseMessage("no logits");

        queue.close();

        assertThat(queue.take(wholly -> true)).isNull();
    }

    /** A sample's number is below 2^56. */
    @Test
    void shouldFailOnlyTheRequestWhoseNoiseCannotBeDrawn() throws Exception {
        SampleQueue queue = queue(128);
        FakeNetwork network = new FakeNetwork(queue);
        Caller beyond = network.ask(range((1L << 56) - 10, 64));
        Caller other = network.ask(range(0, 64));
        Filling filling = queue.take(wholly -> wholly);
        int[] labels = new int[128];

        filling.draw(0, 128, (noise, index, place) -> {
            labels[place] = (int) (index % 4) % 3;
            return noise.draw(index, new float[1], 0);
        });
        filling.count(place -> labels[place]);

        assertThatThrownBy(beyond::answer).hasRootCauseInstanceOf(IllegalArgumentException.class);
        assertThat(other.answer().get(0).toList()).containsExactly(32L, 16L, 16L);
    }

    @Test
    void shouldAnswerWhatItHasWhenClosedAndTakeNoMore() throws Exception {
        SampleQueue queue = queue(10);
        FakeNetwork network = new FakeNetwork(queue);
        Caller earlier = network.ask(range(0, 10_000));
        FakeNetwork.run(queue.take(wholly -> true));

        queue.close();
        network.serve();

        assertThat(earlier.answer()).containsExactly(expected(range(0, 10_000)));
        assertThatThrownBy(() -> network.count(range(0, 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the network is closed");
    }

    private SampleQueue queue(int batch) {
        return new SampleQueue(batch, FakeNetwork.CLASSES, BatchSharing.AMONG_REQUESTS, fill);
    }

    /** Ranges of all sizes. */
    private static final class FakeNetworkRanges {
        static SampleRange[] of(int number) {
            Random random = new Random(number);
            return new SampleRange[] {
                range(random.nextInt(1000), 1 + random.nextInt(10)), range(random.nextInt(10), 1 + random.nextInt(2000))
            };
        }
    }
}
