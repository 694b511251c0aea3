// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.cpu;

import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.List;
import org.catrs.certifier.network.batches.Filling;
import org.catrs.certifier.network.session.BatchRunner;
import org.catrs.certifier.network.session.OnnxSession;
import org.catrs.schemas.CloseOnFailure;

/** One thread's buffers for batches of several sizes: few samples do not wait for a run of the places of many. */
final class SizedRunners implements AutoCloseable {
    /** The largest first. */
    private final List<BatchRunner> runners = new ArrayList<>();

    /** @param batches the sizes, the largest first */
    SizedRunners(OnnxSession network, List<Integer> batches, int classes) throws OrtException {
        try (CloseOnFailure opened = new CloseOnFailure()) {
            for (int batch : batches) {
                runners.add(opened.add(new BatchRunner(network, batch, classes)));
            }
            opened.succeeded();
        }
    }

    /** Runs the samples of a batch in the smallest one that has room for them, and counts their votes. */
    void run(Filling filling) {
        BatchRunner runner = runnerFor(filling.size());
        filling.runIn(runner.batch());
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

    private BatchRunner runnerFor(int samples) {
        BatchRunner smallest = runners.get(0);
        for (BatchRunner runner : runners) {
            if (runner.batch() >= samples) {
                smallest = runner;
            }
        }
        return smallest;
    }

    @Override
    public void close() {
        runners.forEach(BatchRunner::close);
    }
}
