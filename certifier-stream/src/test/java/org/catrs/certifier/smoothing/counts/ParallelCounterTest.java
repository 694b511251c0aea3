// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.counts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ParallelCounterTest {
    @ParameterizedTest
    @CsvSource({"1, 1, 10", "1, 64, 1000", "3, 64, 1000", "4, 7, 10", "8, 1000, 10", "2, 100, 100"})
    void shouldCountEachSampleOnceWhateverTheThreadsAndBatches(int threads, int batch, long samples) {
        try (ParallelCounter counter = new ParallelCounter(threads)) {
            ClassCounts counts = counter.count(0, samples, batch, 3, ModuloVoter::new);

            assertThat(counts).isEqualTo(modulo(samples));
        }
    }

    @Test
    void shouldCountARangeOfSamples() {
        try (ParallelCounter counter = new ParallelCounter(2)) {
            ClassCounts head = counter.count(0, 37, 8, 3, ModuloVoter::new);
            ClassCounts tail = counter.count(37, 63, 8, 3, ModuloVoter::new);

            assertThat(tail).isNotEqualTo(modulo(63));
            assertThat(head.plus(tail)).isEqualTo(modulo(100));
        }
    }

    @Test
    void shouldServeSeveralCallersAtOnce() {
        try (ParallelCounter counter = new ParallelCounter(2)) {
            assertThat(IntStream.range(1, 200)
                            .parallel()
                            .allMatch(samples -> counter.count(0, samples, 8, 3, ModuloVoter::new)
                                    .equals(modulo(samples))))
                    .isTrue();
        }
    }

    @Test
    void shouldCloseEachVoter() {
        AtomicInteger open = new AtomicInteger();
        AtomicInteger opened = new AtomicInteger();
        try (ParallelCounter counter = new ParallelCounter(4)) {
            counter.count(0, 1000, 10, 3, () -> {
                open.incrementAndGet();
                opened.incrementAndGet();
                return new ModuloVoter() {
                    @Override
                    public void close() {
                        open.decrementAndGet();
                    }
                };
            });
        }

        assertThat(opened.get()).isBetween(1, 4);
        assertThat(open).hasValue(0);
    }

    @Test
    void shouldReportAVotersFailureAndGoOnServing() {
        IllegalStateException failure = new IllegalStateException("no logits");
        try (ParallelCounter counter = new ParallelCounter(2)) {
            assertThatThrownBy(() -> counter.count(0, 1_000_000_000, 1, 3, () -> new ModuloVoter() {
                        @Override
                        public void vote(long first, int size, long[] votes) {
                            throw failure;
                        }
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasCause(failure);

            assertThat(counter.count(0, 10, 3, 3, ModuloVoter::new)).isEqualTo(modulo(10));
        }
    }

    @Test
    void shouldStopBetweenBatchesWhenTheCallerIsInterrupted() {
        AtomicLong batches = new AtomicLong();
        Thread caller = Thread.currentThread();
        try (ParallelCounter counter = new ParallelCounter(2)) {
            assertThatThrownBy(() -> counter.count(0, Long.MAX_VALUE / 2, 1, 3, () -> new ModuloVoter() {
                        @Override
                        public void vote(long first, int size, long[] votes) {
                            if (batches.incrementAndGet() == 100) {
                                caller.interrupt();
                            }
                        }
                    }))
                    .isInstanceOf(CancellationException.class);

            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void shouldWaitForCountsUnderWayWhenClosed() throws InterruptedException {
        ParallelCounter counter = new ParallelCounter(1);
        CountDownLatch voting = new CountDownLatch(1);
        AtomicInteger voted = new AtomicInteger();
        Thread caller = new Thread(() -> counter.count(0, 100, 1, 3, () -> new ModuloVoter() {
            @Override
            public void vote(long first, int size, long[] votes) {
                voting.countDown();
                voted.incrementAndGet();
            }
        }));
        caller.start();
        voting.await();

        counter.close();

        assertThat(voted).hasValue(100);
        caller.join();
    }

    @Test
    void shouldLeaveTheFlagWhenInterruptedWhileClosing() {
        ParallelCounter counter = new ParallelCounter(1);
        Thread.currentThread().interrupt();

        counter.close();

        assertThat(Thread.interrupted()).isTrue();
    }

    private static ClassCounts modulo(long samples) {
        long[] votes = new long[3];
        new ModuloVoter().vote(0, (int) samples, votes);
        return new ClassCounts(votes, samples);
    }

    /** Each sample votes for its number modulo 4, where 3 is no class. */
    private static class ModuloVoter implements ParallelCounter.Voter {
        @Override
        public void vote(long first, int size, long[] votes) {
            for (long i = first; i < first + size; i++) {
                if (i % 4 < 3) {
                    votes[(int) (i % 4)]++;
                }
            }
        }

        @Override
        public void close() {}
    }
}
