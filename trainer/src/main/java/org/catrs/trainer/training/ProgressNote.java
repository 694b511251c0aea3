// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training;

import java.util.Locale;
import org.catrs.schemas.terminal.Progress;
import org.catrs.trainer.method.SliceLoss;

/** Shows how a training goes, with the loss and the share of images with p_hat = 1 over the last steps. */
final class ProgressNote implements AutoCloseable {
    /** Share of the past that a step leaves in the figures: they look back some 25 steps. */
    private static final double MEMORY = 0.96;

    private final Progress progress;
    private final int batch;
    private double weight;
    private double loss;
    private double confident;

    ProgressNote(long firstStep, long lastStep, int batch) {
        this.batch = batch;
        this.progress = Progress.resume("train", "images", firstStep * batch, lastStep * batch);
    }

    /** @param step steps done */
    void update(long step, SliceLoss last) {
        weight = MEMORY * weight + 1;
        loss = MEMORY * loss + last.meanLoss();
        confident = MEMORY * confident + last.confidentShare();
        progress.update(
                step * batch,
                String.format(Locale.ROOT, "loss %.3f, p_hat = 1 for %.0f%%", loss / weight, 100 * confident / weight));
    }

    @Override
    public void close() {
        progress.close();
    }
}
