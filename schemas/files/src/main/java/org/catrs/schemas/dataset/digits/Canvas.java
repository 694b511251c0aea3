// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.dataset.digits;

import java.util.Arrays;
import java.util.List;

/** A square of pixels on which lines are drawn with a round pen; a pixel's ink falls with its distance to the line. */
final class Canvas {
    static final int SIDE = 28;

    private final double radius;
    private final double[] squaredDistances = new double[SIDE * SIDE];

    /** @param radius half the width of the pen, in pixels */
    Canvas(double radius) {
        this.radius = radius;
        Arrays.fill(squaredDistances, Double.MAX_VALUE);
    }

    void draw(List<Point> line) {
        for (int i = 0; i + 1 < line.size(); i++) {
            draw(line.get(i), line.get(i + 1));
        }
    }

    private void draw(Point from, Point to) {
        double dx = to.x() - from.x();
        double dy = to.y() - from.y();
        double inverse = 1 / Math.max(dx * dx + dy * dy, 1e-9);
        double reach = radius + 1;
        int top = clamp(Math.min(from.y(), to.y()) - reach);
        int bottom = clamp(Math.max(from.y(), to.y()) + reach);
        int left = clamp(Math.min(from.x(), to.x()) - reach);
        int right = clamp(Math.max(from.x(), to.x()) + reach);
        for (int row = top; row <= bottom; row++) {
            double y = row + 0.5 - from.y();
            for (int column = left; column <= right; column++) {
                double x = column + 0.5 - from.x();
                double t = Math.min(Math.max((x * dx + y * dy) * inverse, 0), 1);
                double awayX = x - t * dx;
                double awayY = y - t * dy;
                int pixel = row * SIDE + column;
                squaredDistances[pixel] = Math.min(squaredDistances[pixel], awayX * awayX + awayY * awayY);
            }
        }
    }

    /** The pixels: 0 where there is no ink, rising to {@code ink} over one pixel at the edge of a line. */
    byte[] pixels(int ink) {
        byte[] pixels = new byte[SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            double cover = radius + 0.5 - Math.sqrt(Math.min(squaredDistances[i], SIDE * SIDE));
            pixels[i] = (byte) Math.round(ink * Math.min(Math.max(cover, 0), 1));
        }
        return pixels;
    }

    private static int clamp(double coordinate) {
        return (int) Math.min(Math.max(coordinate, 0), SIDE - 1);
    }
}
