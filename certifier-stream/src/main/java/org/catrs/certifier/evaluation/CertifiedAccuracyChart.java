// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws certified accuracy against radius: a step curve for each evaluation. */
final class CertifiedAccuracyChart {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 512;
    private static final int LEGEND_LINE_HEIGHT = 22;

    /** Okabe and Ito's colours, which people with any colour vision can tell apart. */
    private static final List<Color> COLOURS = List.of(
            new Color(0x0072B2),
            new Color(0xD55E00),
            new Color(0x009E73),
            new Color(0xCC79A7),
            new Color(0x56B4E9),
            new Color(0xE69F00),
            new Color(0x7F7F7F));

    private static final float LINE_WIDTH = 2;

    private CertifiedAccuracyChart() {}

    static XYChart of(List<NamedSummary> summaries) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT + LEGEND_LINE_HEIGHT * summaries.size())
                .xAxisTitle("L2 radius (pixels scaled to [0, 1])")
                .yAxisTitle("certified accuracy (% of images)")
                .build();
        style(chart.getStyler());
        for (int index = 0; index < summaries.size(); index++) {
            add(chart, summaries.get(index), index);
        }
        return chart;
    }

    private static void style(XYStyler styler) {
        styler.setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
        styler.setChartTitleVisible(false);
        styler.setPlotContentSize(0.98);
        styler.setLegendPosition(Styler.LegendPosition.OutsideS);
        styler.setLegendBorderColor(Color.WHITE);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setYAxisMin(0.0);
        styler.setYAxisMax(100.0);
        styler.setXAxisMin(0.0);
        styler.setXAxisDecimalPattern("0.00");
        styler.setYAxisDecimalPattern("0");
        styler.setLocale(Locale.ROOT);
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
                summary.averageCertifiedRadiusRoundedDown(Report.ACR_PLACES),
                100 * summary.abstentionRate().value());
        XYSeries series = chart.addSeries(legend, radii, percents);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(colour(index));
        series.setLineStyle(new BasicStroke(LINE_WIDTH, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    }

    /** With more evaluations than colours, each further round is darker: curves of short steps cannot show dashes. */
    private static Color colour(int index) {
        Color colour = COLOURS.get(index % COLOURS.size());
        for (int round = 0; round < index / COLOURS.size(); round++) {
            colour = colour.darker();
        }
        return colour;
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
}
