// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.catrs.schemas.DaemonThreads;
import org.catrs.schemas.InvalidDataException;

/**
 * Makes sure that a network, as it runs here, is one fixed function of an image: Cohen et al.'s theorem is about such a
 * function, and votes of different ones add up to nothing.
 *
 * <p>One image must have the same logits, to the last bit, at each place of the batch, beside black images and beside
 * bright ones, again and again, on several threads at once. Networks that quantise by the range of what they are given,
 * normalise by the batch or draw random numbers do not pass, nor would an execution provider whose kernels sum in an
 * order that varies.
 */
public final class FixedFunction {
    private static final int ROUNDS = 2;

    private final Callable<? extends ImageBatch> batches;
    private final int batch;
    private final float[] probe;

    private FixedFunction(Callable<? extends ImageBatch> batches, int batch, int imageSize) {
        this.batches = batches;
        this.batch = batch;
        this.probe = noise(new SplittableRandom(1), imageSize);
    }

    /**
     * Tries a network out.
     *
     * @param batch size at which it will run
     * @param threads number of threads that will run it at once
     * @param source names the network in messages
     * @throws InvalidDataException when an image's logits differ
     */
    public static void require(OnnxSession network, int batch, int classes, int threads, String source) {
        int imageSize = network.signature().image().size();
        require(() -> new BatchRunner(network, batch, classes), batch, imageSize, threads, source);
    }

    /**
     * Tries a network out.
     *
     * @param batches makes a batch that runs the network
     * @param batch size of such a batch
     * @param imageSize number of values in an image
     * @return logits of an image that is always the same
     * @throws InvalidDataException when an image's logits differ
     */
    public static float[] require(
            Callable<? extends ImageBatch> batches, int batch, int imageSize, int threads, String source) {
        FixedFunction trial = new FixedFunction(batches, batch, imageSize);
        List<float[]> found = trial.logits(threads);
        float[] expected = found.get(0);
        for (float[] logits : found) {
            int differing = Arrays.mismatch(expected, logits);
            if (differing >= 0) {
                throw new InvalidDataException(source + " gives one image the logit " + expected[differing]
                        + " and then " + logits[differing] + " for class " + differing
                        + ", depending on its place in the batch, the other images there, the thread or chance. A"
                        + " certificate needs a fixed function of the image: export the network for inference, without"
                        + " dropout, batch statistics, random operators or quantisation by the range of the input");
            }
        }
        return expected;
    }

    private List<float[]> logits(int threads) {
        ExecutorService executor = Executors.newFixedThreadPool(threads, DaemonThreads.named("fixed-function"));
        try {
            List<float[]> all = new ArrayList<>();
            Callable<List<float[]>> trial = this::logits;
            for (Future<List<float[]>> some : executor.invokeAll(Collections.nCopies(threads, trial))) {
                all.addAll(some.get());
            }
            return all;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a network was tried out", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e.getCause());
        } finally {
            executor.shutdownNow();
        }
    }

    /** The probe's logits at all places: at each second place in a round, at the others in the next. */
    private List<float[]> logits() throws Exception {
        SplittableRandom random = new SplittableRandom(2);
        List<float[]> found = new ArrayList<>();
        try (ImageBatch runner = batches.call()) {
            for (int round = 0; round < ROUNDS; round++) {
                for (int place = 0; place < batch; place++) {
                    float[] image = isProbe(place, round) ? probe : companion(random, round);
                    System.arraycopy(image, 0, runner.image(), 0, image.length);
                    runner.put(place);
                }
                runner.run();
                for (int place = 0; place < batch; place++) {
                    if (isProbe(place, round)) {
                        found.add(runner.logits(place).clone());
                    }
                }
            }
        }
        return found;
    }

    private boolean isProbe(int place, int round) {
        return batch == 1 || (place + round) % 2 == 0;
    }

    private float[] companion(SplittableRandom random, int round) {
        return round == 0 ? new float[probe.length] : noise(random, probe.length);
    }

    /** A grey image under noise, on the grid, as the network will see. */
    private static float[] noise(SplittableRandom random, int size) {
        float[] image = new float[size];
        for (int i = 0; i < size; i++) {
            image[i] = Math.round(127 + 255 * random.nextGaussian()) / 255f;
        }
        return image;
    }
}
