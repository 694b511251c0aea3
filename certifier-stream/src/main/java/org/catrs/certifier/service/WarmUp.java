// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.service;

import java.time.Duration;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.topology.ImageCertifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs models until they are warm, and tells how long an image will take.
 *
 * @param threads how many stream threads share the machine
 * @param slowestRecord what the time-outs were derived from
 */
record WarmUp(int threads, Duration slowestRecord) {
    /** Before there are images, a good measurement is worth its time. */
    static final Duration WHILE_NOTHING_WAITS = Duration.ofMillis(500);

    /** While images are certified with other models, it takes the machine from them. */
    static final Duration BESIDE_IMAGES = Duration.ofMillis(50);

    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final int FIRST_SAMPLES = 64;

    /** Warms a model up, which takes at least the given time. */
    void run(ImageCertifier certifier, SmoothingParameters parameters, Duration enough) {
        certifier.warmUp(1);
        double samplesPerSecond = samplesPerSecond(certifier, enough);
        double secondsPerImage = (parameters.n0() + parameters.n()) / samplesPerSecond;
        LOG.atInfo()
                .addKeyValue("samplesPerSecond", Math.round(samplesPerSecond))
                .addKeyValue("secondsPerImage", secondsPerImage)
                .log("model {} is warm", certifier.model().name());
        boolean isLimited = certifier.plan() instanceof SamplingPlan.Deadline;
        if (!isLimited && secondsPerImage * threads > slowestRecord.toSeconds()) {
            LOG.warn(
                    "an image may take about {} s while {} threads are busy, more than the {} s of {}: raise it, lower"
                            + " {}, use fewer threads, or the plan deadline, or the brokers may take this instance for"
                            + " dead",
                    Math.round(secondsPerImage * threads),
                    threads,
                    slowestRecord.toSeconds(),
                    Settings.RECORD_MAX_SECONDS,
                    Settings.N);
        }
    }

    private static double samplesPerSecond(ImageCertifier certifier, Duration enough) {
        long samples = FIRST_SAMPLES;
        while (true) {
            long begin = System.nanoTime();
            certifier.warmUp(samples);
            long nanos = System.nanoTime() - begin;
            if (nanos >= enough.toNanos()) {
                return samples * 1e9 / nanos;
            }
            samples *= 2;
        }
    }
}
