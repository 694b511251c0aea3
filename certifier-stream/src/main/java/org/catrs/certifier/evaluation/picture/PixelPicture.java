// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.picture;

import java.awt.image.BufferedImage;
import java.util.function.IntUnaryOperator;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;

/** Turns values of images into pixels that a picture can show. */
public final class PixelPicture {
    private static final int MIDDLE = 128;

    private PixelPicture() {}

    /** An image as it is: gray where it has one channel, colours where it has three, its first channel otherwise. */
    public static BufferedImage of(ImageTensor image) {
        return draw(image.shape(), image::value);
    }

    /** A noisy copy, float32, C x H x W, with what lies outside [0, 1] cut off. */
    static BufferedImage of(float[] copy, ImageShape shape) {
        return draw(shape, index -> Math.round(255 * copy[index]));
    }

    /** A difference of two images, with gray for none, so many times enlarged. */
    static BufferedImage ofDifference(ImageTensor to, ImageTensor from, int times) {
        return draw(to.shape(), index -> MIDDLE + times * (to.value(index) - from.value(index)));
    }

    /** The largest of 1, 2, 4 and so on by which a difference can be enlarged, with hardly a value cut off. */
    static int enlargement(ImageTensor to, ImageTensor from) {
        double squares = 0;
        for (int i = 0; i < to.shape().size(); i++) {
            double difference = to.value(i) - from.value(i);
            squares += difference * difference;
        }
        double deviation = Math.sqrt(squares / to.shape().size());
        int times = 1;
        while (times < 64 && 2 * times * 3 * deviation < MIDDLE) {
            times *= 2;
        }
        return times;
    }

    private static BufferedImage draw(ImageShape shape, IntUnaryOperator value) {
        int plane = shape.height() * shape.width();
        int green = shape.channels() == 3 ? plane : 0;
        BufferedImage drawn = new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < plane; i++) {
            int rgb = cut(value.applyAsInt(i)) << 16
                    | cut(value.applyAsInt(i + green)) << 8
                    | cut(value.applyAsInt(i + 2 * green));
            drawn.setRGB(i % shape.width(), i / shape.width(), rgb);
        }
        return drawn;
    }

    private static int cut(int value) {
        return Math.max(0, Math.min(255, value));
    }
}
