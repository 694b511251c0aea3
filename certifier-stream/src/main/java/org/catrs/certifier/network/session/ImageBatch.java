// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.session;

import ai.onnxruntime.OrtException;

/** One thread's batch of images, for running a network on them again and again. */
public interface ImageBatch extends AutoCloseable {
    /** Room for one image, float32, C x H x W. */
    float[] image();

    /** Copies {@link #image()} to a place of the batch. */
    void put(int place);

    /** Runs the network on the whole batch, whatever stands in places that were not written. */
    void run() throws OrtException;

    /** The logits at a place of the batch; the array is written anew by each call. */
    float[] logits(int place);

    @Override
    void close();
}
