// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.soak;

import java.awt.BasicStroke;
import java.nio.file.Path;
import java.util.List;
import org.catrs.certifier.evaluation.charts.ChartStyle;
import org.catrs.certifier.evaluation.charts.PlotFile;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws what a certifier held over the time of a soak: memory at the left, threads, handles and lag at the right. */
final class SoakPlot {
    private static final List<String> COLUMNS = List.of("memory_mib", "outside_heap_mib", "threads", "handles", "lag");

    private static final int OF_MEMORY = 2;
    private static final float LINE = 1.5f;

    private SoakPlot() {}

    /** @param file ends with .svg or .png */
    static void write(SoakTable.Columns table, Path file) {
        XYChart chart = ChartStyle.chart("minutes", "MiB", COLUMNS.size());
        chart.setYAxisGroupTitle(1, "threads, handles, images that wait");
        chart.getStyler().setYAxisGroupPosition(1, Styler.YAxisPosition.Right);
        List<Double> minutes =
                table.column("seconds").stream().map(seconds -> seconds / 60).toList();
        for (int column = 0; column < COLUMNS.size(); column++) {
            String name = COLUMNS.get(column);
            XYSeries series = chart.addSeries(name, minutes, table.column(name));
            series.setYAxisGroup(column < OF_MEMORY ? 0 : 1);
            series.setLineColor(ChartStyle.colour(column));
            series.setLineStyle(new BasicStroke(LINE));
            series.setMarker(SeriesMarkers.NONE);
        }
        chart.getStyler().setYAxisMin(0, 0.0);
        chart.getStyler().setYAxisMin(1, 0.0);
        PlotFile.write(chart, file);
    }
}
