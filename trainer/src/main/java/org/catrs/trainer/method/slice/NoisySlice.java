// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method.slice;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The part of a training step that one thread computes at a time: some images, with their noises. Its memory is used
 * again for the next slice.
 */
public final class NoisySlice {
    private final int noises;
    private final int imageSize;
    private final double sigma;
    private final ByteBuffer images;
    private final ByteBuffer noise;
    private final int[] indices;
    private final int[] labels;
    private int size;
    private TrainingStep step = new TrainingStep(0, 1); // until a slice begins
    private RandomGenerator random = RandomGenerator.getDefault(); // until a slice begins

    /**
     * Room for a slice.
     *
     * @param capacity largest number of images
     * @param noises number of noises for each image, M
     * @param imageSize number of values of an image
     * @param sigma standard deviation of the noise
     */
    public NoisySlice(int capacity, int noises, int imageSize, double sigma) {
        this.noises = noises;
        this.imageSize = imageSize;
        this.sigma = sigma;
        this.indices = new int[capacity];
        this.labels = new int[capacity];
        this.images = floats(capacity * imageSize);
        this.noise = floats(capacity * noises * imageSize);
    }

    private static ByteBuffer floats(int count) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(Float.BYTES, count)).order(ByteOrder.nativeOrder());
    }

    /**
     * Begins a new slice.
     *
     * @param indices index of each image in the data set
     * @param labels class of each image
     * @param step the step that it is a part of
     * @param random what the method draws from
     */
    public void begin(int[] indices, int[] labels, TrainingStep step, RandomGenerator random) {
        System.arraycopy(indices, 0, this.indices, 0, indices.length);
        System.arraycopy(labels, 0, this.labels, 0, labels.length);
        this.size = labels.length;
        this.step = step;
        this.random = random;
    }

    /** Where to write the images to: [size, C x H x W], pixels scaled to [0, 1]. */
    public FloatBuffer imageBuffer() {
        return images.asFloatBuffer().limit(size * imageSize);
    }

    /** Where to write the noises to: [size, M, C x H x W]. */
    public FloatBuffer noiseBuffer() {
        return noise.asFloatBuffer().limit(size * noises * imageSize);
    }

    /** Number of images. */
    public int size() {
        return size;
    }

    /** Number of images of the whole step. */
    public int stepImages() {
        return step.images();
    }

    /** Passes over the data that are done before the step. */
    public double epoch() {
        return step.epoch();
    }

    /** Number of noises for each image, M. */
    public int noises() {
        return noises;
    }

    /** Standard deviation of the noise. */
    public double sigma() {
        return sigma;
    }

    /** What the method draws from. */
    public RandomGenerator random() {
        return random;
    }

    /** Index of an image in the data set. */
    public int index(int image) {
        return indices[image];
    }

    /** Class of an image. */
    public int label(int image) {
        return labels[image];
    }

    /** Class of each image. */
    public long[] labels() {
        return Arrays.stream(labels, 0, size).asLongStream().toArray();
    }

    /** Class of each noisy copy, the copies of an image one after the other. */
    public long[] copyLabels() {
        long[] copies = new long[size * noises];
        Arrays.setAll(copies, copy -> labels[copy / noises]);
        return copies;
    }

    /** The images, float32 [size, 1, C x H x W], sharing this slice's memory. */
    public NDArray images(NDManager scope) {
        return view(scope, images, new Shape(size, 1, imageSize));
    }

    /** The noises, float32 [size, M, C x H x W], sharing this slice's memory. */
    public NDArray noise(NDManager scope) {
        return view(scope, noise, new Shape(size, noises, imageSize));
    }

    private static NDArray view(NDManager scope, ByteBuffer buffer, Shape shape) {
        int bytes = Math.toIntExact(Float.BYTES * shape.size());
        return scope.create(buffer.slice(0, bytes).order(ByteOrder.nativeOrder()), shape, DataType.FLOAT32);
    }
}
