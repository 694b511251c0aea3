// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.charts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.catrs.certifier.evaluation.summary.TextTable;
import org.catrs.schemas.InvalidDataException;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How trainings went, epoch by epoch, as the trainer's {@value #FILE_NAME} tells it. */
public final class TrainingCurves {
    /** The trainer's log in a model folder: columns by name, separated by tabs, a line for each epoch. */
    static final String FILE_NAME = "training.tsv";

    private static final String EPOCH = "epoch";
    private static final List<String> PARTS = List.of("base_loss", "robust_loss");
    private static final List<String> NEEDED = List.of(EPOCH, "loss", "confident_share");

    private final List<Log> logs;

    private TrainingCurves(List<Log> logs) {
        this.logs = logs;
    }

    /**
     * Reads the logs of trainings, also of one that still runs.
     *
     * @param folders that the train command wrote to, at least one
     * @throws InvalidDataException when one has no log, or a log without an epoch or without its columns
     */
    public static TrainingCurves of(List<Path> folders) {
        return new TrainingCurves(folders.stream().map(TrainingCurves::read).toList());
    }

    /** The logs, one after the other, with aligned columns. */
    public String toText() {
        StringBuilder text = new StringBuilder();
        for (Log log : logs) {
            text.append(log.name())
                    .append(System.lineSeparator())
                    .append(new TextTable(log.header(), log.lines()).toText());
        }
        return text.toString();
    }

    /**
     * Draws loss (left) and the share of images with p_hat = 1 (right) against the epochs; of a single training also the
     * two parts of its loss.
     *
     * @param file ends with .png or .svg
     * @throws InvalidDataException when it ends otherwise or cannot be written, or this machine has no fonts
     */
    public void plot(Path file) {
        XYChart chart = ChartStyle.chart("epochs", "mean loss", 2 * logs.size() + PARTS.size());
        XYStyler styler = chart.getStyler();
        styler.setYAxisMin(0, 0.0);
        styler.setYAxisMin(1, 0.0);
        styler.setYAxisMax(1, 100.0);
        chart.setYAxisGroupTitle(1, "images with p_hat = 1 (%)");
        styler.setYAxisGroupPosition(1, Styler.YAxisPosition.Right);
        for (int index = 0; index < logs.size(); index++) {
            Log log = logs.get(index);
            List<Double> epochs = log.column(EPOCH);
            XYSeries loss = chart.addSeries(log.name() + ", loss", epochs, log.column("loss"));
            draw(loss, index).setLineStyle(SeriesLines.SOLID);
            List<Double> percents = log.column("confident_share").stream()
                    .map(share -> 100 * share)
                    .toList();
            XYSeries share = chart.addSeries(log.name() + ", p_hat = 1", epochs, percents);
            share.setYAxisGroup(1);
            draw(share, index).setLineStyle(SeriesLines.DASH_DASH);
        }
        if (logs.size() == 1) {
            drawParts(chart, logs.get(0));
        }
        PlotFile.write(chart, file);
    }

    /** The mean loss by epoch, a line for each training. */
    public List<SvgLines.Line> losses() {
        return logs.stream().map(log -> line(log, "loss", 1)).toList();
    }

    /** The share of images with p_hat = 1 by epoch, in %, a line for each training. */
    public List<SvgLines.Line> confidentShares() {
        return logs.stream().map(log -> line(log, "confident_share", 100)).toList();
    }

    private static SvgLines.Line line(Log log, String column, double factor) {
        List<Double> epochs = log.column(EPOCH);
        List<Double> values = log.column(column);
        return new SvgLines.Line(
                log.name(),
                IntStream.range(0, epochs.size())
                        .mapToObj(index -> new SvgLines.Point(epochs.get(index), factor * values.get(index)))
                        .toList());
    }

    private static void drawParts(XYChart chart, Log log) {
        for (int part = 0; part < PARTS.size(); part++) {
            String column = PARTS.get(part);
            if (log.header().contains(column)) {
                String name = log.name() + ", " + column.replace('_', ' ');
                XYSeries series = chart.addSeries(name, log.column(EPOCH), log.column(column));
                draw(series, part + 1).setLineStyle(SeriesLines.DOT_DOT);
            }
        }
    }

    private static XYSeries draw(XYSeries series, int index) {
        series.setLineColor(ChartStyle.colour(index));
        series.setMarkerColor(ChartStyle.colour(index));
        series.setMarker(SeriesMarkers.CIRCLE);
        return series;
    }

    private static Log read(Path folder) {
        Path file = folder.resolve(FILE_NAME);
        try {
            List<List<String>> lines = Files.readAllLines(file).stream()
                    .map(line -> Arrays.asList(line.split("\t", -1)))
                    .toList();
            return new Log(String.valueOf(folder.getFileName()), checked(file, lines));
        } catch (IOException exception) {
            throw new InvalidDataException(
                    file + " cannot be read (" + exception + "); name a folder that 'train' wrote to, and whose first"
                            + " epoch is done",
                    exception);
        }
    }

    private static List<List<String>> checked(Path file, List<List<String>> lines) {
        Optional<String> missing = NEEDED.stream()
                .filter(name -> lines.isEmpty() || !lines.get(0).contains(name))
                .findFirst();
        if (missing.isPresent()) {
            throw new InvalidDataException(file + " has no column " + missing.get());
        }
        if (lines.size() < 2) {
            throw new InvalidDataException(file + " has a header but no epochs yet");
        }
        int columns = lines.get(0).size();
        if (lines.stream().anyMatch(line -> line.size() != columns)) {
            throw new InvalidDataException(file + " has a line of other than " + columns + " columns");
        }
        return lines;
    }

    /**
     * A training's log.
     *
     * @param all the header and a line for each epoch
     */
    private record Log(String name, List<List<String>> all) {
        List<String> header() {
            return all.get(0);
        }

        List<List<String>> lines() {
            return all.subList(1, all.size());
        }

        List<Double> column(String title) {
            int column = header().indexOf(title);
            return lines().stream().map(line -> number(line.get(column))).toList();
        }

        private Double number(String cell) {
            try {
                return Double.valueOf(cell);
            } catch (NumberFormatException exception) {
                throw new InvalidDataException(
                        name + "'s " + FILE_NAME + " has '" + cell + "' for a number", exception);
            }
        }
    }
}
