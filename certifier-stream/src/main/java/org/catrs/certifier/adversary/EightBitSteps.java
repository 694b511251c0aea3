// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.adversary;

import org.catrs.schemas.image.ImageTensor;

/** Steps from one 8-bit image to another, and vectors of as many values as an image has. */
final class EightBitSteps {
    private static final int WHITE = 255;
    private static final int HALVINGS = 40;

    private EightBitSteps() {}

    /**
     * The farthest 8-bit image in a direction that lies inside a radius.
     *
     * @param direction of any length; the image itself comes back where it is 0
     * @param radius L2, in units of pixels scaled to [0, 1], above 0
     */
    static ImageTensor moved(ImageTensor image, double[] direction, double radius) {
        double norm = norm(direction);
        if (norm == 0) {
            return image;
        }
        double near = 0;
        double far = 64 * radius / norm;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (near + far) / 2;
            if (distance(stepped(image, direction, middle), image) < radius) {
                near = middle;
            } else {
                far = middle;
            }
        }
        return stepped(image, direction, near);
    }

    private static ImageTensor stepped(ImageTensor image, double[] direction, double step) {
        byte[] values = image.toByteArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) Math.max(0, Math.min(WHITE, Math.round(image.value(i) + WHITE * step * direction[i])));
        }
        return ImageTensor.of(image.shape(), values);
    }

    /** L2 distance, in units of pixels scaled to [0, 1]. */
    static double distance(ImageTensor to, ImageTensor from) {
        return norm(difference(to, from));
    }

    /** In units of pixels scaled to [0, 1]. */
    static double[] difference(ImageTensor to, ImageTensor from) {
        double[] difference = new double[to.shape().size()];
        for (int i = 0; i < difference.length; i++) {
            difference[i] = (to.value(i) - from.value(i)) / (double) WHITE;
        }
        return difference;
    }

    static double norm(double[] vector) {
        double sum = 0;
        for (double value : vector) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }

    /** The sum of two directions of equal weight, whatever their lengths. */
    static double[] between(double[] a, double[] b) {
        double[] sum = scaled(a);
        double[] other = scaled(b);
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other[i];
        }
        return sum;
    }

    private static double[] scaled(double[] vector) {
        double norm = norm(vector);
        double[] scaled = vector.clone();
        for (int i = 0; norm > 0 && i < scaled.length; i++) {
            scaled[i] /= norm;
        }
        return scaled;
    }

    /** A direction without the parts that would lead pixels out of their range. */
    static double[] inRange(double[] direction, ImageTensor image) {
        double[] inside = direction.clone();
        for (int i = 0; i < inside.length; i++) {
            if ((image.value(i) == 0 && inside[i] < 0) || (image.value(i) == WHITE && inside[i] > 0)) {
                inside[i] = 0;
            }
        }
        return inside;
    }
}
