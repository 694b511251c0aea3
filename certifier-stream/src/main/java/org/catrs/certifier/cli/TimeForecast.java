// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import java.time.Duration;
import java.util.Optional;
import org.catrs.certifier.network.model.OpenModel;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.image.ImageTensor;

/** How long a run will take, said before it begins. */
final class TimeForecast {
    /** A run of fewer samples is not worth a look. */
    private static final long FEW_SAMPLES = 50_000;

    private static final long LONG_ENOUGH_NANOS = Duration.ofMillis(200).toNanos();
    private static final long FIRST_SAMPLES = 16;
    private static final long MOST_SAMPLES = 4096;
    /** What is over sooner needs no announcement. */
    private static final double SHORT_SECONDS = 60;

    private TimeForecast() {}

    /**
     * A sentence for people; empty where the run is short. Runs the network for a fraction of a second.
     *
     * @param images number of images that are to be certified
     */
    static Optional<String> of(OpenModel model, SmoothingParameters parameters, SamplingPlan plan, long images) {
        double samples = (double) images * (parameters.n0() + parameters.n());
        if (samples < FEW_SAMPLES) {
            return Optional.empty();
        }
        double seconds = samples / samplesPerSecond(model, parameters);
        Double budget = plan.deadlineSeconds();
        if (budget != null) {
            seconds = Math.min(seconds, images * budget);
        }
        if (seconds < SHORT_SECONDS) {
            return Optional.empty();
        }
        String most = plan instanceof SamplingPlan.Fixed ? "about " : "at most about ";
        return Optional.of(images + (images == 1 ? " image" : " images") + " with n = " + parameters.n() + " and plan "
                + plan.kind() + " will take " + most + inWords(seconds));
    }

    private static double samplesPerSecond(OpenModel model, SmoothingParameters parameters) {
        ImageTensor black =
                ImageTensor.of(model.inputShape(), new byte[model.inputShape().size()]);
        for (long samples = FIRST_SAMPLES; ; samples *= 2) {
            long start = System.nanoTime();
            model.classifier().count(black, parameters, new Seed(0, samples), Phase.SELECTION, 0, samples);
            long took = System.nanoTime() - start;
            if (took >= LONG_ENOUGH_NANOS || samples >= MOST_SAMPLES) {
                return samples * 1e9 / took;
            }
        }
    }

    /** In the largest unit of which there are two. */
    static String inWords(double seconds) {
        if (seconds < 120) {
            return Math.round(seconds) + " seconds";
        }
        if (seconds < 2 * 3600) {
            return Math.round(seconds / 60) + " minutes";
        }
        return seconds < 48 * 3600
                ? Math.round(seconds / 3600) + " hours"
                : Math.round(seconds / (24 * 3600)) + " days";
    }
}
