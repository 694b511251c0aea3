// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.catrs.certifier.network.session.TrialImages;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.junit.jupiter.api.Test;

class ImageTrialTest {
    private static final double SIGMA = 0.5;
    private static final int REFUSED = 99;

    private final List<TrialImages> tried = new ArrayList<>();
    private final ImageTrial trial = new ImageTrial(this::tryOut);

    @Test
    void shouldTryTheFirstDifferentImagesEachOnce() {
        for (int value : new int[] {0, 0, 1, 0, 2, 1, 3, 4, 5, 0}) {
            trial.beforeVotes(image(value), SIGMA);
        }

        assertThat(tried).containsExactly(first(0), first(1), first(2), first(3));
    }

    @Test
    void shouldTryNoFirstImageWhereImagesWereKnown() {
        TrialImages known = new TrialImages(List.of(image(7), image(8)), SIGMA);
        trial.on(known);

        trial.beforeVotes(image(0), SIGMA);

        assertThat(tried).containsExactly(known);
    }

    @Test
    void shouldRefuseEveryImageAfterOneShowedNoFixedFunction() {
        trial.beforeVotes(image(0), SIGMA);
        for (int value : new int[] {REFUSED, 0, 1}) {
            assertThatThrownBy(() -> trial.beforeVotes(image(value), SIGMA))
                    .isInstanceOf(InvalidDataException.class)
                    .hasMessage("no fixed function");
        }

        assertThat(tried).hasSize(2);
    }

    @Test
    void shouldLetOneOfSeveralThreadsTryAnImageWhileTheOthersWait() {
        IntStream.range(0, 8).parallel().forEach(i -> trial.beforeVotes(image(i % 2), SIGMA));

        assertThat(tried).containsExactlyInAnyOrder(first(0), first(1));
    }

    @Test
    void shouldCloseOnlyWhenNoTrialIsUnderWay() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        List<String> events = new ArrayList<>();
        ImageTrial slow = new ImageTrial(images -> {
            begun.countDown();
            await(mayEnd);
            events.add("tried");
        });
        Thread caller = new Thread(() -> slow.beforeVotes(image(0), SIGMA));
        caller.start();
        await(begun);
        Thread closer = new Thread(() -> {
            slow.close();
            events.add("closed");
        });
        closer.start();
        mayEnd.countDown();
        caller.join();
        closer.join();
        slow.beforeVotes(image(1), SIGMA);

        assertThat(events).containsExactly("tried", "closed");
    }

    @Test
    void shouldSpreadItsImagesOverThoseThatAreKnown() {
        List<ImageTensor> known =
                IntStream.range(0, 10).mapToObj(ImageTrialTest::image).toList();

        assertThat(TrialImages.among(known, SIGMA).images()).containsExactly(image(0), image(2), image(5), image(7));
        assertThat(TrialImages.among(known.subList(0, 3), SIGMA).images()).isEqualTo(known.subList(0, 3));
    }

    private void tryOut(TrialImages images) {
        tried.add(images);
        if (images.equals(first(REFUSED))) {
            throw new InvalidDataException("no fixed function");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TrialImages first(int value) {
        return new TrialImages(List.of(image(value)), SIGMA);
    }

    private static ImageTensor image(int value) {
        return ImageTensor.of(new ImageShape(1, 1, 1), new byte[] {(byte) value});
    }
}
