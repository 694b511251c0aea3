// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.inference;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.catrs.schemas.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the settings at which a network runs fastest on one core, in about a second. No setting is best for all: the
 * highest optimisation level pads channels to multiples of 16, which suits wide networks and slows narrow ones down.
 */
final class Calibration {
    private static final Logger LOG = LoggerFactory.getLogger(Calibration.class);
    private static final List<OptLevel> LEVELS = List.of(OptLevel.EXTENDED_OPT, OptLevel.ALL_OPT);
    private static final int FIRST_BATCH = 64;
    private static final List<Integer> OTHER_BATCHES = List.of(32, 128);
    private static final int SMALL_BATCH = 8;
    /** A batch of images holds at most so many values, 64 MiB. */
    private static final int LARGEST_INPUT = 1 << 24;

    /** Processor time for a candidate: what else runs on the machine must not choose. */
    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(150);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    /** A later candidate must be so much faster, so that chance does not choose between equals. */
    private static final double ADVANTAGE = 1.1;

    /** By the network's hash, so that a service goes back to an earlier network at once. */
    private static final Map<String, Settings> KNOWN = new ConcurrentHashMap<>();

    private final byte[] onnx;
    private final String source;
    private Settings best;
    private double bestSpeed;

    private Calibration(byte[] onnx, String source, Settings first) {
        this.onnx = onnx;
        this.source = source;
        this.best = first;
    }

    /**
     * The fastest settings.
     *
     * @throws org.catrs.schemas.InvalidDataException when the network does not run
     */
    static Settings fastest(byte[] onnx, String source, Signature signature) {
        return KNOWN.computeIfAbsent(Sha256.of(onnx), hash -> measure(onnx, source, signature));
    }

    private static Settings measure(byte[] onnx, String source, Signature signature) {
        int batch = firstBatch(signature);
        Calibration calibration = new Calibration(onnx, source, new Settings(LEVELS.get(0), batch));
        for (OptLevel level : LEVELS) {
            calibration.measure(level, List.of(batch));
        }
        if (batch == FIRST_BATCH && signature.fixedBatch() == 0) {
            calibration.measure(calibration.best.level(), OTHER_BATCHES);
        }
        LOG.info(
                "{} runs at graph optimization {} in batches of {}: {} images per second on one core",
                source,
                calibration.best.levelName(),
                calibration.best.batch(),
                Math.round(calibration.bestSpeed));
        return calibration.best;
    }

    private static int firstBatch(Signature signature) {
        if (signature.fixedBatch() > 0) {
            return signature.fixedBatch();
        }
        return (long) FIRST_BATCH * signature.image().size() <= LARGEST_INPUT / 2 ? FIRST_BATCH : SMALL_BATCH;
    }

    private void measure(OptLevel level, List<Integer> batches) {
        try (Network network = Network.open(onnx, source, level)) {
            for (int batch : batches) {
                int classes = network.classes(batch, source);
                double speed = imagesPerSecond(network, batch, classes);
                if (speed > bestSpeed * ADVANTAGE) {
                    best = new Settings(level, batch);
                    bestSpeed = speed;
                }
            }
        }
    }

    private static double imagesPerSecond(Network network, int batch, int classes) {
        try (Lane lane = new Lane(network, batch, classes)) {
            lane.run();
            long runs = 0;
            long start = THREADS.getCurrentThreadCpuTime();
            long elapsed = 0;
            while (elapsed < NANOS) {
                lane.run();
                runs++;
                elapsed = THREADS.getCurrentThreadCpuTime() - start;
            }
            return (double) runs * batch * TimeUnit.SECONDS.toNanos(1) / elapsed;
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
        }
    }
}
