// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.service;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.catrs.certifier.network.options.MachineShare;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.stream.settings.CertificationSettings;
import org.catrs.certifier.stream.settings.CertifierConfig;
import org.catrs.certifier.stream.topology.ImageCertifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs models until they are warm, and tells how long an image will take.
 *
 * @param slowestRecord longest time that the operator expects of an image
 */
record ModelWarmUp(Duration slowestRecord) {
    private static final Logger LOG = LoggerFactory.getLogger(ModelWarmUp.class);
    private static final int FIRST_SAMPLES = 64;

    /** Before there are images, a good measurement is worth its time. */
    private static final long WHILE_NOTHING_WAITS = TimeUnit.MILLISECONDS.toNanos(500);

    /** Beside images, all cores are taken for short pieces alone. */
    private static final long PIECE_BESIDE_IMAGES = TimeUnit.MILLISECONDS.toNanos(5);

    /** Warms a model up; tells how long an image will take where nothing else disturbs the measurement. */
    void run(ImageCertifier certifier, SmoothingParameters parameters, MachineShare share) {
        certifier.warmUp(1);
        if (share == MachineShare.AT_ONCE) {
            tell(certifier, parameters, samplesPerSecond(certifier, share, WHILE_NOTHING_WAITS));
        } else {
            double unused = samplesPerSecond(certifier, share, PIECE_BESIDE_IMAGES);
            LOG.info("model {} is warm", certifier.model().name());
        }
    }

    private void tell(ImageCertifier certifier, SmoothingParameters parameters, double samplesPerSecond) {
        double secondsPerImage = (parameters.n0() + parameters.n()) / samplesPerSecond;
        LOG.atInfo()
                .addKeyValue("samplesPerSecond", Math.round(samplesPerSecond))
                .addKeyValue("secondsPerImage", secondsPerImage)
                .log("model {} is warm", certifier.model().name());
        boolean isLimited = certifier.plan() instanceof SamplingPlan.Deadline;
        if (!isLimited && secondsPerImage > slowestRecord.toSeconds()) {
            LOG.warn(
                    "an image may take about {} s, more than the {} s of {}: its partition stands still meanwhile, which the"
                            + " service may take for a fault; raise it, lower {}, or use the plan deadline",
                    Math.round(secondsPerImage),
                    slowestRecord.toSeconds(),
                    CertifierConfig.RECORD_MAX_SECONDS,
                    CertificationSettings.N);
        }
    }

    /** In larger and larger pieces, until one takes long enough. */
    private static double samplesPerSecond(ImageCertifier certifier, MachineShare share, long enough) {
        long samples = FIRST_SAMPLES;
        while (true) {
            long begin = System.nanoTime();
            certifier.warmUp(samples);
            long nanos = System.nanoTime() - begin;
            share.rest(nanos);
            if (nanos >= enough) {
                return samples * 1e9 / nanos;
            }
            samples *= 2;
        }
    }
}
