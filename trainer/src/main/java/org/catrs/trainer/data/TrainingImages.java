// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.data;

import java.nio.FloatBuffer;
import org.catrs.schemas.dataset.Dataset;
import org.catrs.schemas.dataset.LabelledImage;

/** All images of a data set, uint8 in one array. */
public final class TrainingImages {
    private final byte[] pixels;
    private final int[] labels;
    private final int imageSize;

    private TrainingImages(byte[] pixels, int[] labels, int imageSize) {
        this.pixels = pixels;
        this.labels = labels;
        this.imageSize = imageSize;
    }

    /**
     * Reads a data set into memory.
     *
     * @throws org.catrs.schemas.InvalidDataException when an image cannot be read
     */
    public static TrainingImages of(Dataset dataset) {
        int imageSize = dataset.shape().size();
        byte[] pixels = new byte[Math.multiplyExact(imageSize, dataset.size())];
        int[] labels = new int[dataset.size()];
        for (int i = 0; i < labels.length; i++) {
            LabelledImage image = dataset.get(i);
            System.arraycopy(image.image().toByteArray(), 0, pixels, i * imageSize, imageSize);
            labels[i] = image.label();
        }
        return new TrainingImages(pixels, labels, imageSize);
    }

    public int size() {
        return labels.length;
    }

    /** Number of values of one image. */
    public int imageSize() {
        return imageSize;
    }

    /** Class of an image. */
    public int label(int index) {
        return labels[index];
    }

    /** Appends an image to a buffer, scaled to [0, 1]. */
    public void copyTo(FloatBuffer target, int index) {
        int start = index * imageSize;
        for (int i = start; i < start + imageSize; i++) {
            target.put((pixels[i] & 0xFF) / 255f);
        }
    }
}
