// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.service;

import java.time.Duration;
import org.apache.kafka.streams.StreamsConfig;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.topology.ImageCertifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the model until it is warm, and tells how long an image will take. */
final class WarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final double ENOUGH_SECONDS = 0.5;

    private WarmUp() {}

    /**
     * Warms a model up.
     *
     * @param settings say how many stream threads share the machine
     * @param slowestRecord what the time-outs were derived from
     */
    static void run(
            ImageCertifier certifier, SmoothingParameters parameters, StreamsConfig settings, Duration slowestRecord) {
        int threads = settings.getInt(StreamsConfig.NUM_STREAM_THREADS_CONFIG);
        certifier.warmUp(1);
        double samplesPerSecond = samplesPerSecond(certifier);
        double secondsPerImage = (parameters.n0() + parameters.n()) / samplesPerSecond;
        LOG.atInfo()
                .addKeyValue("samplesPerSecond", Math.round(samplesPerSecond))
                .addKeyValue("secondsPerImage", secondsPerImage)
                .log("model is warm");
        if (secondsPerImage * threads > slowestRecord.toSeconds()) {
            LOG.warn(
                    "an image takes about {} s while {} threads are busy, more than the {} s of {}: raise it, lower {},"
                            + " or use fewer threads, or the brokers may take this instance for dead",
                    Math.round(secondsPerImage * threads),
                    threads,
                    slowestRecord.toSeconds(),
                    Settings.RECORD_MAX_SECONDS,
                    Settings.N);
        }
    }

    private static double samplesPerSecond(ImageCertifier certifier) {
        long samples = 64;
        while (true) {
            long begin = System.nanoTime();
            certifier.warmUp(samples);
            double seconds = (System.nanoTime() - begin) / 1e9;
            if (seconds >= ENOUGH_SECONDS) {
                return samples / seconds;
            }
            samples *= 2;
        }
    }
}
