// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.cuda;

import org.catrs.certifier.smoothing.noise.GridNoiseSampler;
import org.catrs.certifier.smoothing.noise.NoiseSampler;

/** Room for one noisy image on its way to a batch. An instance serves one thread at a time. */
interface BatchDrawer {
    /** Draws the copy of a number to a place of a batch; false when the draw failed. */
    boolean draw(NoiseSampler noise, long index, DeviceBatch batch, int place);

    /** @param imageSize number of values in an image */
    static BatchDrawer of(PixelTransport transport, int imageSize) {
        return switch (transport) {
            case STEPS -> {
                short[] steps = new short[imageSize];
                yield (noise, index, batch, place) -> {
                    boolean drawn = ((GridNoiseSampler) noise).drawSteps(index, steps, 0);
                    batch.put(place, steps);
                    return drawn;
                };
            }
            case FLOATS -> {
                float[] floats = new float[imageSize];
                yield (noise, index, batch, place) -> {
                    boolean drawn = noise.draw(index, floats, 0);
                    batch.put(place, floats);
                    return drawn;
                };
            }
        };
    }
}
