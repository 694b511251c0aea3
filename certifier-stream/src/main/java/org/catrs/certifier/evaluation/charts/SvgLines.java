// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.charts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;

/**
 * A line chart as SVG inside a page, whose style sheet ({@link #STYLE}) gives it the colours of the reader's light or
 * dark theme.
 *
 * @param xTicks values that the horizontal axis names, ascending, the first and the last its ends
 * @param yTicks the same of the vertical axis
 * @param lines of which the legend names each
 */
public record SvgLines(
        String title,
        String xTitle,
        String yTitle,
        List<Double> xTicks,
        List<Double> yTicks,
        DoubleFunction<String> xName,
        List<Line> lines) {
    private static final int WIDTH = 860;
    private static final int HEIGHT = 360;
    private static final int LEFT = 64;
    private static final int RIGHT = 24;
    private static final int TOP = 16;
    private static final int BOTTOM = 52;
    private static final int LEGEND = 22;
    private static final List<String> DASHES = List.of("none", "8 4", "2 3", "10 3 2 3");

    /** Rules for the charts' classes. */
    public static final String STYLE = style();

    private static String style() {
        return ":root{color-scheme:light dark;" + variables(Palette.LIGHT) + "}\n"
                + "@media(prefers-color-scheme:dark){:root{" + variables(Palette.DARK) + "}}\n"
                + "svg{display:block;width:100%;height:auto;max-width:" + WIDTH + "px}\n"
                + "svg text{fill:var(--text);font-size:13px}svg .grid{stroke:var(--rule)}"
                + "svg .line{fill:none;stroke-width:2}\n";
    }

    private static String variables(Palette palette) {
        StringBuilder variables = new StringBuilder("--ground:" + Palette.css(palette.ground()) + ";");
        for (int index = 0; index < palette.series().size(); index++) {
            variables
                    .append("--s")
                    .append(index)
                    .append(':')
                    .append(Palette.css(palette.series().get(index)))
                    .append(';');
        }
        return variables.toString();
    }

    /** The chart as an element of a page. */
    public String draw() {
        int height = HEIGHT + LEGEND * lines.size();
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
                WIDTH,
                height,
                escaped(title)));
        for (double tick : yTicks) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<path class=\"grid\" d=\"M%d %.1fH%d\"/><text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n",
                    LEFT,
                    y(tick),
                    WIDTH - RIGHT,
                    LEFT - 8,
                    y(tick) + 4,
                    plain(tick)));
        }
        for (double tick : xTicks) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
                    x(tick),
                    HEIGHT - BOTTOM + 20,
                    xName.apply(tick)));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>"
                        + "<text transform=\"translate(16 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>%n",
                (LEFT + WIDTH - RIGHT) / 2,
                HEIGHT - BOTTOM + 42,
                escaped(xTitle),
                (TOP + HEIGHT - BOTTOM) / 2,
                escaped(yTitle)));
        for (int index = 0; index < lines.size(); index++) {
            draw(lines.get(index), index, svg);
        }
        return svg.append("</svg>").toString();
    }

    private void draw(Line line, int index, StringBuilder svg) {
        int colours = Palette.LIGHT.series().size();
        String look = String.format(
                Locale.ROOT,
                "style=\"stroke:var(--s%d)\" stroke-dasharray=\"%s\"",
                index % colours,
                DASHES.get(index / colours % DASHES.size()));
        String path = line.points().stream()
                .map(point -> String.format(Locale.ROOT, "%.1f %.1f", x(point.x()), y(point.y())))
                .collect(Collectors.joining("L"));
        int row = HEIGHT + LEGEND * index;
        svg.append(String.format(
                Locale.ROOT,
                "<path class=\"line\" %s d=\"M%s\"/><path class=\"line\" %s d=\"M%d %dh28\"/><text x=\"%d\" y=\"%d\">%s</text>%n",
                look,
                path,
                look,
                LEFT,
                row + 8,
                LEFT + 38,
                row + 12,
                escaped(line.name())));
    }

    private double x(double value) {
        return LEFT + (WIDTH - RIGHT - LEFT) * share(value, xTicks);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * share(value, yTicks);
    }

    private static double share(double value, List<Double> ticks) {
        double least = ticks.get(0);
        return (value - least) / (ticks.get(ticks.size() - 1) - least);
    }

    /** Ticks from 0 to at least a value, at most eight steps of 1, 2, 2.5 or 5 times a power of ten. */
    public static List<Double> ticksTo(double most) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(most, 1e-9))) - 1);
        double step = power;
        for (double factor : new double[] {1, 2, 2.5, 5, 10, 20, 25, 50, 100}) {
            step = factor * power;
            if (most / step <= 8) {
                break;
            }
        }
        List<Double> ticks = new ArrayList<>(List.of(0.0));
        for (int index = 1; ticks.size() < 2 || ticks.get(ticks.size() - 1) < most * (1 - 1e-12); index++) {
            ticks.add(index * step);
        }
        return ticks;
    }

    /** A number without zeros at its end. */
    public static String plain(double value) {
        String text = String.format(Locale.ROOT, "%.4f", value);
        return text.replaceFirst("\\.?0+$", "");
    }

    /** Text as it stands in a page. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /**
     * A line.
     *
     * @param points at least one
     */
    public record Line(String name, List<Point> points) {
        /**
         * The share of values, in %, that are at least x, as steps.
         *
         * @param sorted values, ascending
         * @param all number that is 100 %, at least as many as there are values
         */
        public static Line atLeast(String name, double[] sorted, int all) {
            List<Point> points = new ArrayList<>(List.of(new Point(0, 100.0 * sorted.length / all)));
            for (int below = 0; below < sorted.length; below++) {
                points.add(new Point(sorted[below], 100.0 * (sorted.length - below) / all));
                points.add(new Point(sorted[below], 100.0 * (sorted.length - below - 1) / all));
            }
            return new Line(name, points);
        }
    }

    /** A point, in the axes' units. */
    public record Point(double x, double y) {}
}
