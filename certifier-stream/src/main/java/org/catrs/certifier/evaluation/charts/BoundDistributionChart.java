// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.charts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.catrs.certifier.evaluation.summary.NamedSummary;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Draws the distribution of the lower bound p_A: the share of images whose bound is at least p, against p. The axis is the
 * number of nines, -log10(1 - p), because what differs lies near 1.
 */
public final class BoundDistributionChart {
    private BoundDistributionChart() {}

    /** @param summaries of files that give the bounds */
    public static XYChart of(List<NamedSummary> summaries) {
        XYChart chart = ChartStyle.chart("lower bound p_A", "images with at least this bound (%)", summaries.size());
        XYStyler styler = chart.getStyler();
        styler.setXAxisMin(0.0);
        styler.setYAxisMin(0.0);
        styler.setYAxisMax(100.0);
        styler.setYAxisDecimalPattern("0");
        styler.setXAxisTickMarkSpacingHint(60);
        styler.setxAxisTickLabelsFormattingFunction(BoundDistributionChart::probability);
        for (int index = 0; index < summaries.size(); index++) {
            add(chart, summaries.get(index), index);
        }
        return chart;
    }

    private static void add(XYChart chart, NamedSummary named, int index) {
        double[] bounds = named.summary().bounds();
        List<Double> nines = new ArrayList<>(List.of(0.0));
        List<Double> percents = new ArrayList<>(List.of(100.0));
        for (int below = 0; below < bounds.length; below++) {
            double place = -Math.log10(1 - bounds[below]);
            nines.add(place);
            percents.add(100.0 * (bounds.length - below) / bounds.length);
            nines.add(place);
            percents.add(100.0 * (bounds.length - below - 1) / bounds.length);
        }
        XYSeries series = chart.addSeries(named.name(), nines, percents);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(ChartStyle.colour(index));
        series.setLineWidth(2);
    }

    private static String probability(double nines) {
        double p = 1 - Math.pow(10, -nines);
        int places = Math.max(1, (int) Math.ceil(nines) + 1);
        String text = String.format(Locale.ROOT, "%." + places + "f", p);
        return text.replaceFirst("0+$", "").replaceFirst("\\.$", "");
    }
}
