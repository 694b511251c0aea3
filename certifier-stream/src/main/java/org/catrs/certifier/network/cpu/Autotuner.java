// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.cpu;

import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.catrs.certifier.network.options.InferenceOptions;
import org.catrs.certifier.network.options.MachineShare;
import org.catrs.certifier.network.options.Optimization;
import org.catrs.certifier.network.options.Tuning;
import org.catrs.certifier.network.session.NetworkFile;
import org.catrs.certifier.network.session.NetworkSignature;
import org.catrs.certifier.network.session.OnnxSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the settings at which a network runs fastest on the CPU, in under two seconds, or in four times as many beside
 * images that are certified. No setting is best for all: the highest optimisation level pads channels to multiples of 16,
 * which suits wide networks and slows narrow ones down.
 */
public final class Autotuner {
    private static final Logger LOG = LoggerFactory.getLogger(Autotuner.class);
    private static final int FIRST_BATCH = 64;
    private static final int LARGER_BATCH = 128;
    private static final List<Integer> SMALLER_BATCHES = List.of(32, 16);
    private static final int SMALL_BATCH = 8;
    /** A batch of images holds at most so many values, 64 MiB. */
    private static final int LARGEST_INPUT = 1 << 24;
    /** A network that takes longer for a small batch is not tried with others: time would run out before it tells them. */
    private static final double SLOW_IMAGES_PER_SECOND = 250;

    /** After so long, no further candidate is tried. */
    private static final long ENOUGH_NANOS = TimeUnit.MILLISECONDS.toNanos(1300);

    /** A later candidate must be so much faster, so that chance does not choose between equals. */
    private static final double ADVANTAGE = 1.1;

    /** A smaller batch may be so much slower than the fastest, since fewer of its places stay empty. */
    private static final double AS_FAST = 0.97;

    /** By what decides them, so that a service takes up another network of the same structure at once. */
    private static final Map<Question, CpuRun> KNOWN = new ConcurrentHashMap<>();

    private final NetworkFile file;
    private final NetworkSignature signature;
    private final InferenceOptions options;
    private final long began = System.nanoTime();
    private CpuRun best;
    private double bestSpeed;

    private Autotuner(NetworkFile file, NetworkSignature signature, InferenceOptions options, CpuRun first) {
        this.file = file;
        this.signature = signature;
        this.options = options;
        this.best = first;
    }

    /**
     * The fastest settings, but for those that are pinned.
     *
     * @throws org.catrs.schemas.InvalidDataException when the network does not run
     */
    public static CpuRun fastest(NetworkFile file, NetworkSignature signature, InferenceOptions options) {
        Question question = new Question(NetworkStructure.sha256(file), options.threads(), options.tuning());
        return KNOWN.computeIfAbsent(question, asked -> measure(file, signature, options));
    }

    private static CpuRun measure(NetworkFile file, NetworkSignature signature, InferenceOptions options) {
        CpuRun first = new CpuRun(levels(options).get(0), firstBatch(signature, options), threads(options));
        Autotuner tuner = new Autotuner(file, signature, options, first);
        tuner.pickLevelAndBatch();
        if (options.share() == MachineShare.AT_ONCE) {
            tuner.pickThreads();
        }
        LOG.info(
                "{} runs in {} at graph optimization {} in batches of {} on {} threads: {} images per second on one core"
                        + " (picked in {} ms; to be pinned by optimization, batch and threads)",
                file.source(),
                file.precision(),
                tuner.best.levelName(),
                tuner.best.batch(),
                tuner.best.threads(),
                Math.round(tuner.bestSpeed),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - tuner.began));
        return tuner.best;
    }

    private static List<OptLevel> levels(InferenceOptions options) {
        Optimization pinned = options.tuning().optimization();
        return pinned != null
                ? List.of(pinned.level())
                : Arrays.stream(Optimization.values()).map(Optimization::level).toList();
    }

    /** Beside images it cannot be told which number is best, but it depends on the machine more than on the network. */
    private static int threads(InferenceOptions options) {
        boolean isPicked = options.threads() == 0 && options.share() == MachineShare.BESIDE_IMAGES;
        return isPicked && !KNOWN.isEmpty() ? KNOWN.values().iterator().next().threads() : options.threadsOrCores();
    }

    private static int firstBatch(NetworkSignature signature, InferenceOptions options) {
        if (signature.fixedBatch() > 0) {
            return signature.fixedBatch();
        }
        if (options.tuning().batch() > 0) {
            return options.tuning().batch();
        }
        return (long) FIRST_BATCH * signature.image().size() <= LARGEST_INPUT / 2 ? FIRST_BATCH : SMALL_BATCH;
    }

    private boolean mayChooseBatch() {
        return signature.fixedBatch() == 0 && options.tuning().batch() == 0;
    }

    private void pickLevelAndBatch() {
        List<OptLevel> levels = levels(options);
        if (mayChooseBatch()) {
            shrinkBatchOfSlowNetwork(levels.get(0));
        }
        boolean fast = best.batch() == FIRST_BATCH;
        levels.forEach(level -> measure(level, List.of(best.batch()), ADVANTAGE));
        if (mayChooseBatch() && fast) {
            measure(best.level(), List.of(LARGER_BATCH), ADVANTAGE);
        }
        if (mayChooseBatch() && best.batch() == FIRST_BATCH) {
            measure(best.level(), SMALLER_BATCHES, AS_FAST);
        }
    }

    private void shrinkBatchOfSlowNetwork(OptLevel level) {
        try (OnnxSession network = file.open(level)) {
            network.classes(SMALL_BATCH, file.source());
            long start = System.nanoTime();
            network.classes(SMALL_BATCH, file.source());
            double speed = SMALL_BATCH * 1e9 / (System.nanoTime() - start);
            if (speed < SLOW_IMAGES_PER_SECOND) {
                best = new CpuRun(level, SMALL_BATCH, best.threads());
            }
        }
    }

    /** @param advantage how much faster than the fastest so far a candidate must be */
    private void measure(OptLevel level, List<Integer> batches, double advantage) {
        if (bestSpeed > 0 && isOver()) {
            return;
        }
        try (OnnxSession network = file.open(level)) {
            for (int batch : batches) {
                int classes = network.classes(batch, file.source());
                double speed = SpeedTrial.imagesPerSecond(network, batch, classes, options.share());
                if (speed > bestSpeed * advantage) {
                    best = new CpuRun(level, batch, best.threads());
                    bestSpeed = Math.max(speed, bestSpeed);
                }
            }
        }
    }

    /** All cores, unless half of them are faster, as with two threads of one core that starve each other. */
    private void pickThreads() {
        int fewer = best.threads() / 2;
        if (options.threads() > 0 || fewer == 0 || isOver()) {
            return;
        }
        try (OnnxSession network = file.open(best.level())) {
            int classes = network.classes(best.batch(), file.source());
            double all = SpeedTrial.imagesPerSecond(network, best.batch(), classes, best.threads());
            double half = SpeedTrial.imagesPerSecond(network, best.batch(), classes, fewer);
            if (half > all * ADVANTAGE) {
                best = best.withThreads(fewer);
            }
        }
    }

    private boolean isOver() {
        return System.nanoTime() - began > options.share().withRests(ENOUGH_NANOS);
    }

    private record Question(String structure, int threads, Tuning tuning) {}
}
