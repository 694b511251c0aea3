// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.charts;

import java.awt.Color;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;

/** What all charts of evaluations look like. */
public final class ChartStyle {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 512;
    private static final int LEGEND_LINE_HEIGHT = 22;

    private ChartStyle() {}

    /**
     * An empty chart with a white background and its legend below.
     *
     * @param legendLines number of series that the legend will name
     */
    public static XYChart chart(String xAxisTitle, String yAxisTitle, int legendLines) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT + LEGEND_LINE_HEIGHT * legendLines)
                .xAxisTitle(xAxisTitle)
                .yAxisTitle(yAxisTitle)
                .build();
        XYStyler styler = chart.getStyler();
        styler.setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
        styler.setChartTitleVisible(false);
        styler.setPlotContentSize(0.98);
        styler.setLegendPosition(Styler.LegendPosition.OutsideS);
        styler.setLegendBorderColor(Color.WHITE);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setLocale(Locale.ROOT);
        return chart;
    }

    /** With more series than colours, each further round is darker: curves of short steps cannot show dashes. */
    public static Color colour(int index) {
        List<Color> colours = Palette.LIGHT.series();
        Color colour = colours.get(index % colours.size());
        for (int round = 0; round < index / colours.size(); round++) {
            colour = colour.darker();
        }
        return colour;
    }
}
