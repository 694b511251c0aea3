// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.stream.IntStream;
import org.catrs.console.ModelHistogram;
import org.catrs.console.ServiceMetric;
import org.catrs.console.tracing.TraceContext;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.event.CertifiedPrediction.Model;
import org.catrs.schemas.event.CertifiedPrediction.Outcome;
import org.jspecify.annotations.Nullable;

/** How certified radii, the bounds of p_A and the samples spent are distributed, for each model. */
final class CertificateHistograms {
    private static final int RADIUS_BUCKETS = 40;
    private static final double RADIUS_BUCKETS_PER_SIGMA = 8;

    /** Closer together where a radius grows fastest with the bound; below 1/2 nothing is certified. */
    private static final double[] BOUND_BUCKETS = {
        0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9999, 1
    };

    private static final double[] SAMPLE_BUCKETS = {
        100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000
    };

    private final ModelHistogram radius;
    private final ModelHistogram lowerBound;
    private final ModelHistogram samples;

    CertificateHistograms(MeterRegistry registry) {
        radius = ServiceMetric.RADIUS.modelHistogram(registry);
        lowerBound = ServiceMetric.LOWER_BOUND.modelHistogram(registry);
        samples = ServiceMetric.SAMPLES.modelHistogram(registry);
    }

    void begin(Model model, double sigma) {
        lowerBound.begin(BOUND_BUCKETS, model.name(), model.version());
        radius.begin(radiusBuckets(sigma), model.name(), model.version());
    }

    void forget(String model, String version) {
        lowerBound.forget(model, version);
        radius.forget(model, version);
        samples.forget(model, version);
    }

    /** @param trace shows the image; null where none is recorded */
    void add(CertifiedPrediction prediction, @Nullable TraceContext trace) {
        Model model = prediction.model();
        lowerBound.record(prediction.probabilityLowerBound(), trace, BOUND_BUCKETS, model.name(), model.version());
        samples.record(
                (double) prediction.samples(), trace, SAMPLE_BUCKETS, model.name(), model.version(), prediction.plan());
        if (prediction.outcome() == Outcome.CERTIFIED) {
            radius.record(prediction.radius(), trace, radiusBuckets(prediction.sigma()), model.name(), model.version());
        }
    }

    /** Up to 5 sigma: 10^7 samples show 4.8 at most at alpha = 0.001. */
    private static double[] radiusBuckets(double sigma) {
        return IntStream.rangeClosed(1, RADIUS_BUCKETS)
                .mapToDouble(bucket -> sigma * bucket / RADIUS_BUCKETS_PER_SIGMA)
                .toArray();
    }
}
