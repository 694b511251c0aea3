// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.cpu;

import ai.onnxruntime.OrtException;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.catrs.certifier.network.session.BatchRunner;
import org.catrs.certifier.network.session.OnnxSession;
import org.catrs.certifier.network.session.VoteCounter;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.counts.ParallelCounter;
import org.catrs.certifier.smoothing.noise.NoiseSampler;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.image.ImageTensor;

/** Votes on the CPU: each thread draws its own noise and runs the one session on it. */
public final class CpuVoteCounter implements VoteCounter {
    private final OnnxSession network;
    private final int batch;
    private final int classes;
    private final ParallelCounter counter;
    private final ConcurrentLinkedQueue<BatchRunner> idle = new ConcurrentLinkedQueue<>();

    /**
     * Takes a network, which is closed with the votes.
     *
     * @param batch images in a run
     * @param threads threads that run it at once
     */
    public CpuVoteCounter(OnnxSession network, int batch, int classes, int threads) {
        this.network = network;
        this.batch = batch;
        this.classes = classes;
        this.counter = new ParallelCounter(threads);
    }

    @Override
    public ClassCounts count(
            ImageTensor image, SmoothingParameters parameters, Seed seed, Phase phase, long first, long samples) {
        return counter.count(first, samples, batch, classes, () -> {
            NoiseSampler noise = NoiseSampler.of(parameters.noise(), parameters.sigma(), image, seed, phase);
            return new NoisyVoter(noise, take(), idle::add);
        });
    }

    private BatchRunner take() {
        BatchRunner free = idle.poll();
        try {
            return free != null ? free : new BatchRunner(network, batch, classes);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime took no buffers: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        counter.close();
        idle.forEach(BatchRunner::close);
        network.close();
    }
}
