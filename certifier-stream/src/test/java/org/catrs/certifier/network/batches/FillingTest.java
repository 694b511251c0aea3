// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.batches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.catrs.certifier.smoothing.SampleRange;
import org.catrs.certifier.smoothing.Urgency;
import org.catrs.certifier.smoothing.counts.BatchFill;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.FailingNoise;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.junit.jupiter.api.Test;

class FillingTest {
    private static final int SAMPLES = 8000;

    /** The network votes for class 0 whatever it sees. */
    @Test
    void shouldCountASampleWhoseNoiseFailedAsAMiss() throws Exception {
        ImageTensor black = ImageTensor.of(new ImageShape(1, 1, 3), new byte[3]);
        SampleRange range = new SampleRange(Phase.ESTIMATION, 0, SAMPLES);
        SampleRequest request =
                new SampleRequest(List.of(new RangeTally(range, 3, () -> FailingNoise.of(black))), Urgency.NONE);
        Filling filling = new Filling(SAMPLES, new FillCounter());
        filling.add(request.take(0, SAMPLES));

        filling.draw(0, SAMPLES, (noise, index, place) -> noise.draw(index, new float[3], 0));
        filling.count(place -> 0);

        ClassCounts counts = request.await().get(0);
        // All of three pixels draw something in one sample of eight.
        assertThat(counts.of(0)).isBetween(850L, 1150L);
        assertThat(counts.samples()).isEqualTo(SAMPLES);
    }

    @Test
    void shouldCountThePlacesOfTheBatchThatWasRun() {
        FillCounter fill = new FillCounter();
        ImageTensor black = ImageTensor.of(new ImageShape(1, 1, 3), new byte[3]);
        SampleRange range = new SampleRange(Phase.ESTIMATION, 0, 5);
        SampleRequest request =
                new SampleRequest(List.of(new RangeTally(range, 3, () -> FailingNoise.of(black))), Urgency.NONE);
        Filling filling = new Filling(64, fill);
        filling.add(request.take(0, 5));

        filling.runIn(8);
        filling.draw(0, 5, (noise, index, place) -> true);
        filling.count(place -> 0);

        assertThat(fill.fill()).isEqualTo(new BatchFill(8, 5));
        assertThatThrownBy(() -> filling.runIn(4)).isInstanceOf(IllegalArgumentException.class);
    }
}
