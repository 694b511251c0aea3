// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.cpu;

import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.catrs.certifier.network.batches.BatchSharing;
import org.catrs.certifier.network.batches.Endings;
import org.catrs.certifier.network.batches.FillCounter;
import org.catrs.certifier.network.batches.Filling;
import org.catrs.certifier.network.batches.SampleQueue;
import org.catrs.certifier.network.session.OnnxSession;
import org.catrs.certifier.network.session.VoteCounter;
import org.catrs.certifier.smoothing.SampleRange;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.Urgency;
import org.catrs.certifier.smoothing.counts.BatchFill;
import org.catrs.certifier.smoothing.counts.BatchWait;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.CloseOnFailure;
import org.catrs.schemas.DaemonThreads;
import org.catrs.schemas.image.ImageTensor;
import org.jspecify.annotations.Nullable;

/** Votes on the CPU: each of some threads fills a batch, draws its noise and runs the one session on it. */
public final class CpuVoteCounter implements VoteCounter {
    private final OnnxSession network;
    private final FillCounter fill = new FillCounter();
    private final SampleQueue queue;
    private final List<SizedRunners> runners = new ArrayList<>();
    private final ExecutorService threads;

    /**
     * Takes a network, which is closed with the votes.
     *
     * @param batches the sizes of batches that it is run in, the largest first; its logits are the same in all of them
     * @param number of threads that run it at once
     * @param sharing which samples may stand in one batch
     * @throws OrtException when there are no buffers for the batches; the network stays open
     */
    public CpuVoteCounter(OnnxSession network, List<Integer> batches, int number, int classes, BatchSharing sharing)
            throws OrtException {
        this.network = network;
        this.queue = new SampleQueue(batches.get(0), classes, sharing, fill);
        try (CloseOnFailure opened = new CloseOnFailure()) {
            for (int i = 0; i < number; i++) {
                runners.add(opened.add(new SizedRunners(network, batches, classes)));
            }
            opened.succeeded();
        }
        this.threads = Executors.newFixedThreadPool(number, DaemonThreads.numbered("inference-"));
        runners.forEach(runner -> threads.execute(() -> runAll(runner)));
    }

    /** A batch that is not full does not wait: others come while it runs. */
    private void runAll(SizedRunners runner) {
        for (Filling filling = next(); filling != null; filling = next()) {
            runner.run(filling);
        }
    }

    private @Nullable Filling next() {
        return queue.take(wholly -> true);
    }

    @Override
    public List<ClassCounts> count(
            ImageTensor image, SmoothingParameters parameters, Seed seed, List<SampleRange> ranges, Urgency urgency) {
        return queue.count(image, parameters, seed, ranges, urgency);
    }

    @Override
    public BatchFill fill() {
        return fill.fill();
    }

    @Override
    public BatchWait waited() {
        return fill.waited();
    }

    @Override
    public void close() {
        queue.close();
        Endings.await(threads);
        runners.forEach(SizedRunners::close);
        network.close();
    }
}
