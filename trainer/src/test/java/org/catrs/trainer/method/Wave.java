// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method;

import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;
import org.catrs.schemas.image.ImageShape;
import org.catrs.trainer.architecture.Parameters;
import org.catrs.trainer.method.slice.NoisySlice;

/** The numbers of method_reference.py: weights, images and noises that look random, and are the same in both languages. */
final class Wave {
    static final ImageShape SHAPE = new ImageShape(1, 16, 16);
    static final int CLASSES = 3;
    static final int[] LABELS = {0, 1, 2, 0};
    static final double SIGMA = 0.5;

    /** Values of LeNet's tensors for these images, and the fan-in of the layer that each belongs to. */
    private static final int[][] TENSORS = {
        {500, 25}, {20, 25}, {25_000, 500}, {50, 500}, {25_000, 50}, {500, 50}, {1500, 500}, {3, 500}
    };

    private Wave() {}

    static double at(long index) {
        double x = Math.sin(index * 12.9898) * 43758.5453;
        return 2 * (x - Math.floor(x)) - 1;
    }

    /** Uniform draws in [0, 1), the same each time that it is made. */
    static RandomGenerator uniforms() {
        return new RandomGenerator() {
            private long drawn;

            @Override
            public long nextLong() {
                throw new UnsupportedOperationException("the reference draws nothing but nextDouble");
            }

            @Override
            public double nextDouble() {
                return (at(3_000_000 + drawn++) + 1) / 2;
            }
        };
    }

    /** Shares of votes, for each image. */
    static float[][] votes() {
        float[][] votes = new float[LABELS.length][CLASSES];
        for (int image = 0; image < votes.length; image++) {
            double sum = 0;
            for (int c = 0; c < CLASSES; c++) {
                sum += at(4_000_000 + image * CLASSES + c) + 1;
            }
            for (int c = 0; c < CLASSES; c++) {
                votes[image][c] = (float) ((at(4_000_000 + image * CLASSES + c) + 1) / sum);
            }
        }
        return votes;
    }

    /** Writes LeNet's parameters. */
    static void fill(Parameters parameters, double scale) {
        int position = 0;
        for (int[] tensor : TENSORS) {
            for (int end = position + tensor[0]; position < end; position++) {
                parameters.values()[position] = (float) (scale * at(position) * Math.sqrt(6.0 / tensor[1]));
            }
        }
    }

    /** Writes the images and their noises. */
    static void fill(NoisySlice slice) {
        FloatBuffer images = slice.imageBuffer();
        for (int i = 0; images.hasRemaining(); i++) {
            images.put((float) ((at(1_000_000 + i) + 1) / 2));
        }
        FloatBuffer noise = slice.noiseBuffer();
        for (int i = 0; noise.hasRemaining(); i++) {
            noise.put((float) (SIGMA * at(2_000_000 + i)));
        }
    }
}
