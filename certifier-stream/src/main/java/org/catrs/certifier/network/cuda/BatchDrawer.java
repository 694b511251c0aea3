// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.cuda;

import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.noise.GridNoiseSampler;
import org.catrs.certifier.smoothing.noise.NoiseSampler;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.image.ImageTensor;

/** Draws noisy copies of one image into batches. An instance serves one thread at a time. */
interface BatchDrawer {
    /** Draws the copy of a number to a place of a batch. */
    void draw(long index, DeviceBatch batch, int place);

    static BatchDrawer of(SmoothingParameters parameters, ImageTensor image, Seed seed, Phase phase) {
        int size = image.shape().size();
        return switch (PixelTransport.of(parameters.noise())) {
            case STEPS -> {
                GridNoiseSampler noise = GridNoiseSampler.of(parameters.sigma(), image, seed, phase);
                short[] steps = new short[size];
                yield (index, batch, place) -> batch.put(place, steps, noise.drawSteps(index, steps, 0));
            }
            case FLOATS -> {
                NoiseSampler noise = NoiseSampler.of(parameters.noise(), parameters.sigma(), image, seed, phase);
                float[] floats = new float[size];
                yield (index, batch, place) -> batch.put(place, floats, noise.draw(index, floats, 0));
            }
        };
    }
}
