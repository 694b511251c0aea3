// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.charts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws what robustness costs in accuracy: for each method a line through its settings, ours and the paper's. */
public final class TradeOffChart {
    private final double radius;
    private final Map<String, List<Point>> ours = new LinkedHashMap<>();
    private final Map<String, List<Point>> paper = new LinkedHashMap<>();

    public TradeOffChart(double radius) {
        this.radius = radius;
    }

    /** Adds a setting of a method. */
    public void add(String method, Point our, Point published) {
        ours.computeIfAbsent(method, name -> new ArrayList<>()).add(our);
        paper.computeIfAbsent(method, name -> new ArrayList<>()).add(published);
    }

    public XYChart draw() {
        XYChart chart = ChartStyle.chart(
                "certified accuracy at radius 0 (% of images)",
                String.format(Locale.ROOT, "certified accuracy at radius %.2f (%% of images)", radius),
                2 * ours.size());
        int index = 0;
        for (String method : ours.keySet()) {
            XYSeries our = series(chart, method, ours.getOrDefault(method, List.of()), index);
            our.setMarker(SeriesMarkers.CIRCLE).setLineStyle(SeriesLines.SOLID);
            XYSeries published = series(chart, method + ", paper", paper.getOrDefault(method, List.of()), index);
            published.setMarker(SeriesMarkers.DIAMOND).setLineStyle(SeriesLines.DASH_DASH);
            index++;
        }
        return chart;
    }

    private static XYSeries series(XYChart chart, String name, List<Point> points, int index) {
        List<Point> sorted =
                points.stream().sorted(Comparator.comparingDouble(Point::clean)).toList();
        XYSeries series = chart.addSeries(
                name,
                sorted.stream().map(Point::clean).toList(),
                sorted.stream().map(Point::robust).toList());
        series.setLineColor(ChartStyle.colour(index));
        series.setMarkerColor(ChartStyle.colour(index));
        return series;
    }

    /**
     * Accuracies of one setting, in %.
     *
     * @param clean certified at radius 0
     * @param robust certified at the chart's radius
     */
    public record Point(double clean, double robust) {}
}
