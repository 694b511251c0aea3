// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.dataset.digits;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A movement of the pen.
 *
 * @param smooth whether the points are joined by a Catmull-Rom spline or by straight lines
 * @param points where the pen goes through, at least two
 */
record Stroke(boolean smooth, List<Point> points) {
    private static final int LINES_PER_SPAN = 5;

    /** A stroke from its notation: {@code ~} for smooth or {@code -} for straight, then {@code x,y} for each point. */
    static Stroke parse(String notation) {
        String[] words = notation.strip().split("\\s+", -1);
        List<Point> points = Stream.of(words).skip(1).map(Stroke::parsePoint).toList();
        return new Stroke(words[0].equals("~"), points);
    }

    private static Point parsePoint(String word) {
        String[] coordinates = word.split(",", -1);
        return new Point(Integer.parseInt(coordinates[0]), Integer.parseInt(coordinates[1]));
    }

    Stroke map(UnaryOperator<Point> change) {
        return new Stroke(smooth, points.stream().map(change).toList());
    }

    /** The stroke as straight lines. */
    List<Point> flatten() {
        if (!smooth) {
            return points;
        }
        List<Point> line = new ArrayList<>();
        line.add(points.get(0));
        for (int i = 0; i + 1 < points.size(); i++) {
            Point before = points.get(Math.max(i - 1, 0));
            Point after = points.get(Math.min(i + 2, points.size() - 1));
            for (int step = 1; step <= LINES_PER_SPAN; step++) {
                double t = (double) step / LINES_PER_SPAN;
                Point from = points.get(i);
                Point to = points.get(i + 1);
                line.add(new Point(
                        spline(before.x(), from.x(), to.x(), after.x(), t),
                        spline(before.y(), from.y(), to.y(), after.y(), t)));
            }
        }
        return line;
    }

    /** The uniform Catmull-Rom spline between p1 and p2. */
    private static double spline(double p0, double p1, double p2, double p3, double t) {
        double linear = p2 - p0;
        double quadratic = 2 * p0 - 5 * p1 + 4 * p2 - p3;
        double cubic = 3 * (p1 - p2) + p3 - p0;
        return p1 + 0.5 * t * (linear + t * (quadratic + t * cubic));
    }
}
