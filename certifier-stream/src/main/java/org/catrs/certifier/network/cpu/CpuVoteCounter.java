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
import org.catrs.certifier.network.session.BatchRunner;
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
    private final List<BatchRunner> runners = new ArrayList<>();
    private final ExecutorService threads;

    /**
     * Takes a network, which is closed with the votes.
     *
     * @param run the batch, and the number of threads that run it at once
     * @param sharing which samples may stand in one batch
     * @throws OrtException when there are no buffers for the batches; the network stays open
     */
    public CpuVoteCounter(OnnxSession network, CpuRun run, int classes, BatchSharing sharing) throws OrtException {
        this.network = network;
        this.queue = new SampleQueue(run.batch(), classes, sharing, fill);
        try (CloseOnFailure opened = new CloseOnFailure()) {
            for (int i = 0; i < run.threads(); i++) {
                runners.add(opened.add(new BatchRunner(network, run.batch(), classes)));
            }
            opened.succeeded();
        }
        this.threads = Executors.newFixedThreadPool(run.threads(), DaemonThreads.numbered("inference-"));
        runners.forEach(runner -> threads.execute(() -> runAll(runner)));
    }

    private void runAll(BatchRunner runner) {
        for (Filling filling = next(); filling != null; filling = next()) {
            run(filling, runner);
        }
    }

    /** A batch that is not full does not wait: others come while it runs. */
    private @Nullable Filling next() {
        return queue.take(wholly -> true);
    }

    private static void run(Filling filling, BatchRunner runner) {
        try {
            filling.draw(0, filling.size(), runner::draw);
            runner.leaveBlack(filling.size());
            runner.run();
            filling.count(runner::vote);
        } catch (OrtException e) {
            filling.fail(new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e));
        } catch (RuntimeException | Error e) {
            filling.fail(e);
        }
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
        runners.forEach(BatchRunner::close);
        network.close();
    }
}
