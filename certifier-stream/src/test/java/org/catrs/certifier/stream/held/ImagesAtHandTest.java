// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.held;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.Record;
import org.catrs.schemas.DaemonThreads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ImagesAtHandTest {
    private static final TopicPartition FIRST = new TopicPartition("images", 0);
    private static final TopicPartition SECOND = new TopicPartition("images", 1);
    private static final TopicPartition THIRD = new TopicPartition("images", 2);
    private static final int WORKERS = 4;

    private final AtomicLong clock = new AtomicLong();
    private final ExecutorService threads = Executors.newFixedThreadPool(WORKERS, DaemonThreads.numbered("worker-"));
    private final Deque<Runnable> held = new ArrayDeque<>();
    private final List<String> begun = new ArrayList<>();
    private final List<String> forwarded = new ArrayList<>();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void shouldForwardAnswersInTheOrderOfThePartitionWhicheverIsMadeFirst() throws Exception {
        CountDownLatch mayEnd = new CountDownLatch(1);
        ImagesAtHand all = onThreads(100, image -> {
            if (image.offset() == 5) {
                await(mayEnd);
            }
            return answer(image);
        });
        PartitionImages images = all.begin(FIRST);
        images.add(5, message(10));
        images.add(7, message(10));
        waitUntil(images, () -> images.waiting() == 0 && images.working() == 1);
        images.answer(this::forward);
        assertThat(forwarded).isEmpty();
        assertThat(all.committable(FIRST, 8)).hasValue(5);
        mayEnd.countDown();
        waitUntilDone(images);
        images.answer(this::forward);
        assertThat(forwarded).containsExactly("images-0@5", "images-0@7");
        assertThat(images.isEmpty()).isTrue();
        assertThat(all.committable(FIRST, 8)).hasValue(8);
    }

    @Test
    void shouldCommitTheFirstImageWithoutAnswerAndNeverMoreThanWasTaken() {
        ImagesAtHand all = heldBack(100);
        PartitionImages images = all.begin(FIRST);
        images.add(3, message(10));
        images.add(9, message(10));
        assertThat(all.committable(FIRST, 10)).hasValue(3);
        workOnce();
        images.answer(this::forward);
        assertThat(all.committable(FIRST, 10)).hasValue(10);
        assertThat(all.committable(SECOND, 4))
                .as("a partition without images of ours")
                .hasValue(4);
    }

    @Test
    void shouldCommitNothingOfAnEarlierAssignment() {
        ImagesAtHand all = heldBack(100);
        PartitionImages earlier = all.begin(FIRST);
        earlier.add(3, message(10));
        assertThat(earlier.close()).isEqualTo(1);
        assertThat(all.committable(FIRST, 10)).as("a commit after the end").hasValue(3);
        PartitionImages later = all.begin(FIRST);
        assertThat(all.committable(FIRST, 10)).isEqualTo(OptionalLong.empty());
        later.add(3, message(10));
        workOnce();
        later.answer(this::forward);
        assertThat(all.committable(FIRST, 10)).hasValue(10);
    }

    @Test
    void shouldGiveUpTheImagesOfAPartitionThatIsAssignedAnewBeforeItsEndIsTold() {
        ImagesAtHand all = heldBack(100);
        PartitionImages earlier = all.begin(FIRST);
        earlier.add(3, message(10));
        PartitionImages later = all.begin(FIRST);
        later.add(3, message(10));
        assertThat(all.images()).isEqualTo(1);
        assertThat(earlier.close()).isEqualTo(1);
        assertThat(all.images()).isEqualTo(1);
    }

    @Test
    void shouldHoldNothingMoreForAThreadWhosePartitionAnotherWasGivenMeanwhile() {
        ImagesAtHand all = heldBack(100);
        PartitionImages earlier = all.begin(FIRST);
        earlier.add(3, message(10));
        PartitionImages unused = all.begin(FIRST);
        earlier.add(4, message(10));
        assertThat(all.images()).isZero();
        assertThat(earlier.unanswered()).isEqualTo(2);
        assertThat(earlier.close()).isEqualTo(2);
    }

    @Test
    void shouldCountNoAnswerOfAThreadWhosePartitionAnotherWasGivenMeanwhile() {
        ImagesAtHand all = new ImagesAtHand(
                new AtHandLimits(10, 1 << 20),
                1,
                Runnable::run,
                image -> new Answer("sink", new Record<>(null, new byte[0], 0), waited -> forwarded.add("counted")));
        PartitionImages earlier = all.begin(FIRST);
        earlier.add(3, message(10));
        earlier.answer(answer -> all.begin(FIRST));
        assertThat(forwarded).isEmpty();
        assertThat(earlier.close()).isEqualTo(1);
    }

    @Test
    void shouldForwardAnAnswerAgainWhenItCouldNotBeForwarded() {
        ImagesAtHand all = heldBack(100);
        PartitionImages images = all.begin(FIRST);
        images.add(3, message(10));
        workOnce();
        assertThatThrownBy(() -> images.answer(answer -> {
                    throw new IllegalStateException("no broker");
                }))
                .hasMessage("no broker");
        assertThat(all.committable(FIRST, 4)).hasValue(3);
        images.answer(this::forward);
        assertThat(forwarded).containsExactly("images-0@3");
        images.answer(this::forward);
        assertThat(forwarded).hasSize(1);
    }

    @Test
    void shouldTellTheStreamThreadWhenAnImageCouldNotBeAnswered() {
        ImagesAtHand all = new ImagesAtHand(new AtHandLimits(10, 1 << 20), 1, Runnable::run, image -> {
            throw new IllegalStateException("the device is gone");
        });
        PartitionImages images = all.begin(FIRST);
        images.add(3, message(10));
        assertThatThrownBy(() -> images.answer(this::forward))
                .isInstanceOf(CertificationFailedException.class)
                .hasRootCauseMessage("the device is gone");
        assertThat(all.committable(FIRST, 4)).hasValue(3);
    }

    @Test
    void shouldInterruptTheWorkOnImagesThatAreGivenUpAndLeaveTheWorkerForOthers() throws Exception {
        CountDownLatch isBegun = new CountDownLatch(1);
        ImagesAtHand all = new ImagesAtHand(new AtHandLimits(10, 1 << 20), 1, threads, image -> {
            if (image.partition().equals(FIRST)) {
                isBegun.countDown();
                await(new CountDownLatch(1));
            }
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            return answer(image);
        });
        PartitionImages slow = all.begin(FIRST);
        PartitionImages other = all.begin(SECOND);
        slow.add(3, message(10));
        isBegun.await();
        other.add(4, message(10));
        assertThat(slow.close()).isEqualTo(1);
        waitUntil(other, other::hasAnswer);
        other.answer(this::forward);
        assertThat(forwarded).containsExactly("images-1@4");
        slow.answer(this::forward);
        assertThat(forwarded).hasSize(1);
    }

    @Test
    void shouldTakeTurnsBetweenPartitions() {
        ImagesAtHand all = heldBack(100);
        PartitionImages first = all.begin(FIRST);
        PartitionImages second = all.begin(SECOND);
        for (int offset = 0; offset < 3; offset++) {
            first.add(offset, message(10));
        }
        for (int offset = 0; offset < 3; offset++) {
            second.add(offset, message(10));
        }
        workOnce();
        assertThat(begun)
                .containsExactly("images-0@0", "images-1@0", "images-0@1", "images-1@1", "images-0@2", "images-1@2");
    }

    @Test
    void shouldLeaveWorkersForOtherPartitionsHoweverManySlowImagesOneHas() throws Exception {
        CountDownLatch mayEnd = new CountDownLatch(1);
        ImagesAtHand all = onThreads(100, image -> {
            if (!image.partition().equals(THIRD)) {
                await(mayEnd);
            }
            return answer(image);
        });
        PartitionImages first = all.begin(FIRST);
        PartitionImages second = all.begin(SECOND);
        PartitionImages third = all.begin(THIRD);
        for (int offset = 0; offset < 10; offset++) {
            first.add(offset, message(10));
        }
        waitUntil(first, () -> first.working() == 2);
        for (int offset = 0; offset < 10; offset++) {
            second.add(offset, message(10));
        }
        waitUntil(second, () -> second.working() == 1);
        for (int offset = 0; offset < 10; offset++) {
            third.add(offset, message(10));
        }
        waitUntilDone(third);
        third.answer(this::forward);
        assertThat(forwarded).hasSize(10);
        mayEnd.countDown();
        waitUntilDone(first);
        waitUntilDone(second);
        first.answer(this::forward);
        second.answer(this::forward);
        assertThat(forwarded).hasSize(30);
    }

    @Test
    void shouldCallAPartitionFullThatHasItsShareWhenTheInstanceHasEnough() {
        ImagesAtHand all = heldBack(10);
        PartitionImages first = all.begin(FIRST);
        PartitionImages second = all.begin(SECOND);
        Set<TopicPartition> assigned = Set.of(FIRST, SECOND);
        for (int offset = 0; offset < 9; offset++) {
            first.add(offset, message(10));
        }
        assertThat(all.full(assigned)).isEmpty();
        second.add(0, message(10));
        assertThat(all.full(assigned)).containsExactly(FIRST);
        for (int offset = 1; offset < 5; offset++) {
            second.add(offset, message(10));
        }
        assertThat(all.full(assigned)).containsExactlyInAnyOrder(FIRST, SECOND);
        assertThat(all.full(Set.of(SECOND))).containsExactly(SECOND);
        first.close();
        assertThat(all.full(assigned)).isEmpty();
    }

    @Test
    void shouldCallAPartitionFullThatHasItsShareOfTheBytes() {
        ImagesAtHand all = new ImagesAtHand(new AtHandLimits(1_000, 10_000), 1, held::add, this::begin);
        PartitionImages images = all.begin(FIRST);
        images.add(0, message(9_000));
        assertThat(all.full(Set.of(FIRST))).isEmpty();
        images.add(1, message(2_000));
        assertThat(all.bytes()).isBetween(11_000L, 11_500L);
        assertThat(all.full(Set.of(FIRST))).containsExactly(FIRST);
        workOnce();
        assertThat(all.bytes()).as("answers take the images' place").isLessThan(1_000);
        images.answer(this::forward);
        assertThat(all.bytes()).isZero();
        assertThat(all.images()).isZero();
    }

    @Test
    void shouldTellForHowLongImagesAreAtHandAndPartitionsStandStill() {
        ImagesAtHand all = heldBack(100);
        assertThat(all.oldest()).isZero();
        assertThat(all.standstill()).isZero();
        PartitionImages images = all.begin(FIRST);
        images.add(0, message(10));
        tick(3);
        images.add(1, message(10));
        assertThat(all.oldest()).hasSeconds(3);
        assertThat(all.standstill()).hasSeconds(3);
        held.remove().run();
        images.add(2, message(10));
        images.answer(this::forward);
        tick(2);
        assertThat(all.oldest()).as("since the third came").hasSeconds(2);
        assertThat(all.standstill()).as("since the second was answered").hasSeconds(2);
        assertThat(all.waiting()).isEqualTo(1);
    }

    @Test
    void shouldEndTheWorkOnAnImageThatHoldsUpLaterOnesForTooLong() throws Exception {
        ImagesAtHand all =
                new ImagesAtHand(new AtHandLimits(10, 1 << 20), WORKERS, threads, this::slowFirst, clock::get);
        PartitionImages images = all.begin(FIRST);
        images.add(0, message(10));
        waitUntil(images, () -> images.working() == 1);
        tick(100);
        all.endTooSlow(Duration.ofSeconds(60));
        images.add(1, message(10));
        waitUntil(images, () -> images.waiting() == 0 && images.working() == 1);
        tick(60);
        all.endTooSlow(Duration.ofSeconds(60));
        assertThat(images.hasAnswer()).as("it has held up nothing for longer").isFalse();
        tick(1);
        all.endTooSlow(Duration.ofSeconds(60));
        waitUntilDone(images);
        images.answer(this::forward);
        assertThat(forwarded).containsExactly("too slow after PT1M1S", "images-0@1");
    }

    /** Whoever wakes it does so because of the images behind it. */
    private Answer slowFirst(TakenImage image) {
        if (image.offset() > 0) {
            return answer(image);
        }
        if (image.heldUp() == null) {
            await(new CountDownLatch(1));
        }
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        byte[] key = ("too slow after " + image.heldUp()).getBytes(StandardCharsets.UTF_8);
        return new Answer("sink", new Record<>(key, new byte[0], 0), waited -> {});
    }

    @Test
    void shouldEndWhatIsWorkedOnAndBeginNothingMoreWhenItSettles() throws Exception {
        CountDownLatch isBegun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        ImagesAtHand all = new ImagesAtHand(new AtHandLimits(10, 1 << 20), 1, threads, image -> {
            isBegun.countDown();
            await(mayEnd);
            return answer(image);
        });
        PartitionImages images = all.begin(FIRST);
        images.add(0, message(10));
        images.add(1, message(10));
        isBegun.await();
        FutureTask<Boolean> settled = new FutureTask<>(() -> {
            all.settle(Duration.ofMinutes(1));
            return true;
        });
        Thread settling = new Thread(settled);
        settling.start();
        while (settling.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        mayEnd.countDown();
        while (!settled.isDone()) {
            images.answer(this::forward);
        }
        assertThat(settled.get()).isTrue();
        images.answer(this::forward);
        assertThat(forwarded).containsExactly("images-0@0");
        assertThat(all.waiting()).isEqualTo(1);
        assertThat(images.close()).isEqualTo(1);
    }

    private ImagesAtHand heldBack(int limit) {
        return new ImagesAtHand(new AtHandLimits(limit, 1 << 20), 1, held::add, this::begin, clock::get);
    }

    private ImagesAtHand onThreads(int limit, Function<TakenImage, Answer> certify) {
        return new ImagesAtHand(new AtHandLimits(limit, 1 << 20), WORKERS, threads, certify);
    }

    private void workOnce() {
        held.remove().run();
    }

    private void tick(int seconds) {
        clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    private Answer begin(TakenImage image) {
        begun.add(image.partition() + "@" + image.offset());
        return answer(image);
    }

    private static Answer answer(TakenImage image) {
        byte[] key = (image.partition() + "@" + image.offset()).getBytes(StandardCharsets.UTF_8);
        return new Answer("sink", new Record<>(key, new byte[0], 0), waited -> {});
    }

    private void forward(Answer answer) {
        forwarded.add(new String(answer.message().key(), StandardCharsets.UTF_8));
    }

    private static Record<byte[], byte[]> message(int bytes) {
        return new Record<>(null, new byte[bytes], 0);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        }
    }

    private static void waitUntilDone(PartitionImages images) throws InterruptedException {
        waitUntil(images, () -> images.working() == 0 && images.waiting() == 0);
    }

    private static void waitUntil(PartitionImages images, BooleanSupplier condition) throws InterruptedException {
        synchronized (images.lock()) {
            while (!condition.getAsBoolean()) {
                images.lock().wait(10);
            }
        }
    }
}
