// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.batches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.catrs.certifier.smoothing.SampleRange;
import org.catrs.certifier.smoothing.Urgency;
import org.catrs.certifier.smoothing.noise.FailingNoise;
import org.catrs.certifier.smoothing.noise.NoiseSampler;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TurnsTest {
    private static final NoiseSampler NOISE = FailingNoise.of(ImageTensor.of(new ImageShape(1, 1, 1), new byte[1]));
    private static final int TURN = 64;

    private final Turns turns = new Turns(TURN);
    private final Map<SampleRequest, Long> given = new HashMap<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 64, 96, 4096})
    void shouldShareOutEqually(int batch) {
        List<SampleRequest> requests = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            requests.add(add(5_000_000, Urgency.NONE));
        }

        give(batch, 1_000_000 / batch);

        long fifth = given.get(requests.get(0));
        assertThat(requests)
                .allSatisfy(request -> assertThat(given.get(request)).isCloseTo(fifth, within((long) TURN)));
    }

    @Test
    void shouldLetNobodyWaitLongBehindAnImageOfManySamples() {
        SampleRequest large = add(5_000_000, Urgency.NONE);
        for (int i = 0; i < 1000; i++) {
            SampleRequest small = add(164, Urgency.NONE);

            give(64, 8);

            assertThat(given.get(small)).isEqualTo(164);
        }
        assertThat(given.get(large)).isEqualTo(1000 * (8 * 64 - 164));
    }

    @Test
    void shouldLetNobodyWaitLongBehindImagesThatComeAfterIt() {
        SampleRequest large = add(5_000_000, Urgency.NONE);
        for (int i = 0; i < 1000; i++) {
            add(TURN, Urgency.NONE);
            add(TURN, Urgency.NONE);

            give(64, 3);
        }
        assertThat(given.get(large)).isEqualTo(1000 * TURN);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 64, 96, 4096})
    void shouldGiveHalfOfTheSlotsToWhatIsDueFirst(int batch) {
        SampleRequest whenever = add(5_000_000, Urgency.NONE);
        SampleRequest later = add(5_000_000, Urgency.until(2000));
        SampleRequest soon = add(5_000_000, Urgency.until(1000));
        int batches = 1_000_000 / batch;

        give(batch, batches);

        long sixth = (long) batch * batches / 6;
        assertThat(given.get(soon)).isCloseTo(4 * sixth, within(2L * TURN));
        assertThat(given.get(later)).isCloseTo(sixth, within(2L * TURN));
        assertThat(given.get(whenever)).isCloseTo(sixth, within(2L * TURN));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void shouldHandOutEachSampleOnceInAnyMixture(int seed) {
        Random random = new Random(seed);
        Map<SampleRequest, Long> wanted = new HashMap<>();
        for (int i = 0; i < 200; i++) {
            long samples = 1 + random.nextInt(1000);
            Urgency urgency = random.nextBoolean() ? Urgency.NONE : Urgency.until(random.nextInt(1000));
            SampleRequest request = add(samples, urgency);
            if (random.nextInt(10) == 0) {
                turns.remove(request);
            } else {
                wanted.put(request, samples);
            }
            give(1 + random.nextInt(100), random.nextInt(4));
        }
        while (!turns.isEmpty()) {
            give(100, 1);
        }

        assertThat(given).isEqualTo(wanted);
    }

    private SampleRequest add(long samples, Urgency urgency) {
        SampleRange range = new SampleRange(Phase.ESTIMATION, 0, samples);
        SampleRequest request = new SampleRequest(List.of(new RangeTally(range, 2, () -> NOISE)), urgency);
        turns.add(request);
        return request;
    }

    private void give(int batch, int batches) {
        for (int i = 0; i < batches; i++) {
            int place = 0;
            while (place < batch && !turns.isEmpty()) {
                Piece piece = turns.next(place, batch - place);
                assertThat(piece.first()).isEqualTo(given.getOrDefault(piece.request(), 0L));
                given.merge(piece.request(), (long) piece.size(), Long::sum);
                place = piece.end();
            }
        }
    }
}
