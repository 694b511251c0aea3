// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.charts;

import java.awt.BasicStroke;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.catrs.certifier.evaluation.summary.EvaluationSummary;
import org.catrs.certifier.evaluation.summary.NamedSummary;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws certified accuracy against radius: a step curve for each evaluation. */
public final class CertifiedAccuracyChart {
    private static final float LINE_WIDTH = 2;
    private static final String PUBLISHED = "points, in the colours of the curves: the paper's";

    private CertifiedAccuracyChart() {}

    public static XYChart of(List<NamedSummary> summaries) {
        return of(summaries, List.of());
    }

    /** The chart of summaries, and for each of them the published numbers as points in the colour of its curve. */
    public static XYChart of(List<NamedSummary> summaries, List<Points> published) {
        XYChart chart = ChartStyle.chart(
                "L2 radius (pixels scaled to [0, 1])",
                "certified accuracy (% of images)",
                summaries.size() + (published.isEmpty() ? 0 : 1));
        XYStyler styler = chart.getStyler();
        styler.setYAxisMin(0.0);
        styler.setYAxisMax(100.0);
        styler.setXAxisMin(0.0);
        styler.setXAxisDecimalPattern("0.00");
        styler.setYAxisDecimalPattern("0");
        for (int index = 0; index < summaries.size(); index++) {
            add(chart, summaries.get(index), index);
        }
        for (int index = 0; index < published.size(); index++) {
            add(chart, published.get(index), index);
        }
        return chart;
    }

    private static void add(XYChart chart, NamedSummary named, int index) {
        EvaluationSummary summary = named.summary();
        List<Double> radii = new ArrayList<>();
        List<Double> percents = new ArrayList<>();
        addSteps(summary.correctRadii(), summary.images(), radii, percents);
        String legend = String.format(
                Locale.ROOT,
                "%s  (ACR %s, %.1f %% abstained)",
                named.name(),
                summary.averageCertifiedRadiusRounded(EvaluationSummary.ACR_PLACES),
                100 * summary.abstentionRate().value());
        XYSeries series = chart.addSeries(legend, radii, percents);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(ChartStyle.colour(index));
        series.setLineStyle(new BasicStroke(LINE_WIDTH, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    }

    /** Radii at which nothing can be certified at this sigma are left out: their zeros would only hide the axis. */
    private static void add(XYChart chart, Points points, int index) {
        int shown = (int)
                points.percents().stream().takeWhile(percent -> percent > 0).count();
        XYSeries series = chart.addSeries(
                index == 0 ? PUBLISHED : "published " + index,
                points.radii().subList(0, shown),
                points.percents().subList(0, shown));
        series.setShowInLegend(index == 0);
        series.setLineStyle(SeriesLines.NONE);
        series.setMarker(SeriesMarkers.CIRCLE);
        series.setMarkerColor(ChartStyle.colour(index));
    }

    /** The corners of the curve, which falls at each radius by the share of images that have this radius. */
    private static void addSteps(double[] sorted, int images, List<Double> radii, List<Double> percents) {
        radii.add(0.0);
        percents.add(100.0 * sorted.length / images);
        for (int below = 0; below < sorted.length; ) {
            double radius = sorted[below];
            radii.add(radius);
            percents.add(100.0 * (sorted.length - below) / images);
            while (below < sorted.length && sorted[below] == radius) {
                below++;
            }
            radii.add(radius);
            percents.add(100.0 * (sorted.length - below) / images);
        }
    }

    /**
     * Published certified accuracies.
     *
     * @param percents one for each radius, not rising
     */
    public record Points(List<Double> radii, List<Double> percents) {}
}
