// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.dataset.digits;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Random;

/**
 * Writes a digit in a hand of its own: way of writing, size, slant, turn, bend, thickness, place, and a little tremor.
 *
 * <p>Only operations that IEEE 754 fixes to the last bit are used, so that digits are the same everywhere.
 */
public final class DigitPainter {
    /** Height and width of a digit in pixels. */
    public static final int SIDE = Canvas.SIDE;

    /** How many digits there are. */
    public static final int DIGITS = DigitOutlines.DIGITS;

    private static final double MARGIN = 1;
    private static final double TREMOR = 3;

    private final Random random;
    private final double height;
    private final double width;
    private final double slant;
    private final double sine;
    private final double cosine;
    private final double bendAcross;
    private final double bendDown;
    private final double radius;

    /** A hand drawn from a source of randomness, which is also used for painting. */
    public DigitPainter(Random random) {
        this.random = random;
        height = between(16.5, 20.5);
        width = height * between(0.5, 0.85);
        slant = between(-0.15, 0.45);
        double turn = between(-0.15, 0.15);
        sine = StrictMath.sin(turn);
        cosine = StrictMath.cos(turn);
        bendAcross = between(-0.1, 0.1);
        bendDown = between(-0.06, 0.06);
        radius = between(0.7, 1.7);
    }

    /**
     * Pixels of a digit, uint8, 28 x 28, light ink on black.
     *
     * @param digit 0 to 9
     */
    public byte[] paint(int digit) {
        List<List<Stroke>> ways = DigitOutlines.of(digit);
        List<List<Point>> lines = ways.get(random.nextInt(ways.size())).stream()
                .map(stroke -> stroke.map(this::tremble).flatten().stream()
                        .map(this::place)
                        .toList())
                .toList();
        double shiftX =
                shift(lines.stream().flatMap(List::stream).mapToDouble(Point::x).summaryStatistics());
        double shiftY =
                shift(lines.stream().flatMap(List::stream).mapToDouble(Point::y).summaryStatistics());
        Canvas canvas = new Canvas(radius);
        for (List<Point> line : lines) {
            canvas.draw(line.stream()
                    .map(point -> new Point(point.x() + shiftX, point.y() + shiftY))
                    .toList());
        }
        return canvas.pixels(215 + random.nextInt(41));
    }

    private Point tremble(Point point) {
        return new Point(point.x() + between(-TREMOR, TREMOR), point.y() + between(-TREMOR, TREMOR));
    }

    /** From the outline's box of 100 x 100 to pixels around the origin. */
    private Point place(Point point) {
        double across = point.x() / 100 - 0.5;
        double down = point.y() / 100 - 0.5;
        double x = width * (across + bendAcross * (1 - 4 * down * down)) - slant * height * down;
        double y = height * (down + bendDown * (1 - 4 * across * across));
        return new Point(cosine * x - sine * y, sine * x + cosine * y);
    }

    /** How far to move the drawing along one axis: about to the middle, and never over the margin while it fits. */
    private double shift(DoubleSummaryStatistics extent) {
        double middle = Canvas.SIDE / 2.0 - (extent.getMin() + extent.getMax()) / 2;
        double room = (Canvas.SIDE - (extent.getMax() - extent.getMin())) / 2 - radius - MARGIN;
        double wander = Math.min(Math.max(room, 0), 2.5);
        return middle + between(-wander, wander);
    }

    private double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }
}
