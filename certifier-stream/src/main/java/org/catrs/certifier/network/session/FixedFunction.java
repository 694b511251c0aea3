// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.catrs.certifier.smoothing.noise.NoiseSampler;
import org.catrs.schemas.DaemonThreads;
import org.catrs.schemas.InvalidDataException;

/**
 * Makes sure that a network, as it runs here, is one fixed function of an image: Cohen et al.'s theorem is about such a
 * function, and votes of different ones add up to nothing.
 *
 * <p>A noisy image must have the same logits, to the last bit, at each place of the batch, beside black images and beside
 * other noisy ones, again and again, on one thread and on several at once. Networks that quantise by the range of what
 * they are given, normalise by the batch or draw random numbers do not pass, nor would an execution provider whose kernels
 * sum in an order that varies. Safe for use by several threads at once.
 */
public final class FixedFunction {
    private static final int ROUNDS = 2;

    private final Callable<? extends ImageBatch> batches;
    private final int batch;
    private final int threads;
    private final String source;

    /**
     * A network that is to be tried out.
     *
     * @param batches makes a batch that runs the network
     * @param batch size of such a batch
     * @param threads number of threads that will run the network at once
     * @param source names the network in messages
     */
    public FixedFunction(Callable<? extends ImageBatch> batches, int batch, int threads, String source) {
        this.batches = batches;
        this.batch = batch;
        this.threads = threads;
        this.source = source;
    }

    /** A network on the CPU that is to be tried out while it is open. */
    public static FixedFunction of(OnnxSession network, int batch, int classes, int threads, String source) {
        return new FixedFunction(() -> new BatchRunner(network, batch, classes), batch, threads, source);
    }

    /**
     * Tries the network out. This waits for its threads whatever happens, since they use native memory.
     *
     * @return the logits of a noisy copy of each image
     * @throws InvalidDataException when a noisy image's logits differ
     */
    public List<float[]> require(TrialImages images) {
        List<List<float[]>> alone = logits(1, images).get(0);
        List<float[]> expected = alone.stream().map(found -> found.get(0)).toList();
        requireSame(expected, alone);
        if (threads > 1) {
            logits(threads, images).forEach(found -> requireSame(expected, found));
        }
        return expected;
    }

    private void requireSame(List<float[]> expected, List<List<float[]>> found) {
        for (int image = 0; image < expected.size(); image++) {
            for (float[] logits : found.get(image)) {
                requireSame(expected.get(image), logits);
            }
        }
    }

    private void requireSame(float[] expected, float[] logits) {
        int differing = Arrays.mismatch(expected, logits);
        if (differing >= 0) {
            throw new InvalidDataException(source + " gives one image the logit " + expected[differing] + " and then "
                    + logits[differing] + " for class " + differing
                    + ", depending on its place in the batch, the other images there, the thread or chance. A"
                    + " certificate needs a fixed function of the image: export the network for inference, without"
                    + " dropout, batch statistics, random operators or quantisation by the range of the input");
        }
    }

    /** What some threads find at once: by thread and image, the logits at all places. */
    private List<List<List<float[]>>> logits(int number, TrialImages images) {
        ExecutorService executor = Executors.newFixedThreadPool(number, DaemonThreads.named("fixed-function"));
        try {
            List<CompletableFuture<List<List<float[]>>>> found = Stream.generate(
                            () -> CompletableFuture.supplyAsync(() -> logits(images), executor))
                    .limit(number)
                    .toList();
            CompletableFuture.allOf(found.toArray(CompletableFuture[]::new)).join();
            return found.stream().map(CompletableFuture::join).toList();
        } catch (CompletionException e) {
            Throwable cause = e.getCause();
            throw new IllegalStateException("ONNX Runtime failed: " + (cause == null ? e : cause).getMessage(), cause);
        } finally {
            executor.shutdown();
        }
    }

    private List<List<float[]>> logits(TrialImages images) {
        List<NoiseSampler> noise = images.noise();
        List<List<float[]>> found = new ArrayList<>();
        try (ImageBatch runner = batches.call()) {
            for (int image = 0; image < noise.size(); image++) {
                found.add(logits(runner, noise, image));
            }
            return found;
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    /** The logits of an image's first noisy copy at all places: at each second place in a round, at the others in the next. */
    private List<float[]> logits(ImageBatch runner, List<NoiseSampler> noise, int image) throws Exception {
        float[] probe = new float[runner.image().length];
        noise.get(image).draw(0, probe, 0);
        List<float[]> found = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (int place = 0; place < batch; place++) {
                if (isProbe(place, round)) {
                    System.arraycopy(probe, 0, runner.image(), 0, probe.length);
                } else if (round == 0) {
                    Arrays.fill(runner.image(), 0);
                } else {
                    NoiseSampler companion = noise.get((image + 1 + place / 2) % noise.size());
                    companion.draw(1 + place, runner.image(), 0);
                }
                runner.put(place);
            }
            runner.run();
            for (int place = 0; place < batch; place++) {
                if (isProbe(place, round)) {
                    found.add(runner.logits(place).clone());
                }
            }
        }
        return found;
    }

    private boolean isProbe(int place, int round) {
        return batch == 1 || (place + round) % 2 == 0;
    }
}
