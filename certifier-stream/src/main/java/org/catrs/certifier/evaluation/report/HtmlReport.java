// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.catrs.certifier.evaluation.charts.SvgLines;
import org.catrs.certifier.evaluation.charts.TrainingCurves;
import org.catrs.certifier.evaluation.picture.PixelPicture;
import org.catrs.certifier.evaluation.rows.EvaluationReader;
import org.catrs.certifier.evaluation.rows.EvaluationRow;
import org.catrs.certifier.evaluation.rows.EvaluationRun;
import org.catrs.certifier.evaluation.summary.NamedSummary;
import org.catrs.certifier.evaluation.summary.TextTable;
import org.catrs.certifier.smoothing.bound.RoundedDown;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.dataset.Dataset;
import org.catrs.schemas.dataset.DatasetKind;
import org.catrs.schemas.dataset.Datasets;
import org.catrs.schemas.dataset.LabelledImage;
import org.catrs.schemas.dataset.Split;
import org.jspecify.annotations.Nullable;

/**
 * Evaluation files as one page that needs no network: curves, tables, the distribution of p_A, the hardest and the
 * easiest images, how trainings went, and what all this is of.
 */
public final class HtmlReport {
    private static final int IMAGES = 10;
    private static final int PLACES = 3;

    private static final String STYLE = SvgLines.STYLE + """
            :root{--text:#1f2328;--quiet:#57606a;--rule:#d0d7de}
            @media(prefers-color-scheme:dark){:root{--text:#e6edf3;--quiet:#9ea7b1;--rule:#30363d}}
            body{margin:2rem auto;max-width:60rem;padding:0 1rem;background:var(--ground);color:var(--text);
            font:16px/1.5 system-ui,sans-serif}
            p.note{color:var(--quiet);white-space:pre-line;font-size:14px}
            .wide{overflow-x:auto}
            table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:14px}
            th,td{padding:.25rem .75rem;border-bottom:1px solid var(--rule);text-align:right;vertical-align:top}
            th:first-child,td:first-child{text-align:left;padding-left:0}
            .of td{text-align:left;overflow-wrap:anywhere}
            .images{display:flex;flex-wrap:wrap;gap:1rem;margin:0 0 1.5rem;padding:0;list-style:none}
            .images li{width:96px;font-size:13px;line-height:1.35}
            .images img{display:block;width:96px;height:auto;image-rendering:pixelated;border:1px solid var(--rule)}
            """;

    private final List<Path> files;
    private final Report report;
    private final @Nullable TrainingCurves trainings;
    private final @Nullable Path data;

    /**
     * Reads the files.
     *
     * @param files at least one
     * @param trainings how trainings went; null for none
     * @param data where the images of the files' data sets lie; null where no images are shown
     * @throws InvalidDataException when one cannot be read or has no rows
     */
    public HtmlReport(List<Path> files, @Nullable TrainingCurves trainings, @Nullable Path data) {
        this.files = ColumnNames.distinct(files);
        this.report = Report.of(this.files);
        this.trainings = trainings;
        this.data = data;
    }

    /** @throws InvalidDataException when the file cannot be written, or the images are not those of the files */
    public void write(Path file) {
        try {
            Files.writeString(file, page());
        } catch (IOException exception) {
            throw new InvalidDataException(file + " cannot be written: " + exception, exception);
        }
    }

    private String page() {
        StringBuilder page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width\"><title>Certified accuracy</title>\n<style>"
                + STYLE + "</style></head>\n<body><h1>Certified accuracy</h1>\n");
        page.append(accuracies());
        IntStream.range(0, report.tables().size())
                .forEach(index -> page.append(table(report.tables().get(index)))
                        .append(note(report.notes().get(index))));
        page.append(bounds());
        for (int index = 0; index < files.size(); index++) {
            page.append(images(index));
        }
        if (trainings != null) {
            page.append(training(trainings));
        }
        page.append("<h2>What this is of</h2>\n");
        for (int index = 0; index < files.size(); index++) {
            page.append(provenance(index));
        }
        return page.append("</body></html>\n").toString();
    }

    private String accuracies() {
        double largest = report.summaries().stream()
                .mapToDouble(named -> named.summary().largestRadius())
                .max()
                .orElse(0);
        List<SvgLines.Line> lines = report.summaries().stream()
                .map(named -> SvgLines.Line.atLeast(
                        named.name(),
                        named.summary().correctRadii(),
                        named.summary().images()))
                .toList();
        return new SvgLines(
                        "Certified accuracy by radius",
                        "L2 radius (pixels scaled to [0, 1])",
                        "certified accuracy (%)",
                        SvgLines.ticksTo(Math.max(largest, 0.25)),
                        SvgLines.ticksTo(100),
                        SvgLines::plain,
                        lines)
                .draw();
    }

    private String bounds() {
        List<NamedSummary> known = report.summaries().stream()
                .filter(named -> named.summary().bounds().length > 0)
                .toList();
        if (known.isEmpty()) {
            return "";
        }
        List<SvgLines.Line> lines = known.stream()
                .map(named -> {
                    double[] bounds = named.summary().bounds();
                    double[] nines = Arrays.stream(bounds)
                            .map(bound -> -Math.log10(1 - bound))
                            .toArray();
                    return SvgLines.Line.atLeast(named.name(), nines, bounds.length);
                })
                .toList();
        double most = lines.stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(SvgLines.Point::x)
                .max()
                .orElse(1);
        List<Double> ticks = IntStream.rangeClosed(0, (int) Math.max(1, Math.ceil(most)))
                .mapToObj(nine -> (double) nine)
                .toList();
        return "<h2>Lower bounds p_A</h2>\n"
                + new SvgLines(
                                "Share of images by lower bound p_A",
                                "lower bound p_A of the true class's probability",
                                "images with at least this bound (%)",
                                ticks,
                                SvgLines.ticksTo(100),
                                nines -> SvgLines.plain(1 - Math.pow(10, -nines)),
                                lines)
                        .draw();
    }

    private static String training(TrainingCurves curves) {
        return "<h2>Training</h2>\n" + chart("Mean loss by epoch", "mean loss", curves.losses())
                + chart("Images with p_hat = 1 by epoch", "images with p_hat = 1 (%)", curves.confidentShares());
    }

    private static String chart(String title, String yTitle, List<SvgLines.Line> lines) {
        return new SvgLines(
                        title,
                        "epochs",
                        yTitle,
                        SvgLines.ticksTo(most(lines, Comparator.comparingDouble(SvgLines.Point::x))
                                .x()),
                        SvgLines.ticksTo(most(lines, Comparator.comparingDouble(SvgLines.Point::y))
                                .y()),
                        SvgLines::plain,
                        lines)
                .draw();
    }

    private static SvgLines.Point most(List<SvgLines.Line> lines, Comparator<SvgLines.Point> order) {
        return lines.stream().flatMap(line -> line.points().stream()).max(order).orElseThrow();
    }

    private static String table(TextTable table) {
        return "<div class=\"wide\"><table><thead>" + row(table.header(), "th") + "</thead><tbody>"
                + table.rows().stream().map(row -> row(row, "td")).collect(Collectors.joining())
                + "</tbody></table></div>\n";
    }

    private static String row(List<String> cells, String tag) {
        return cells.stream()
                .map(cell -> "<" + tag + ">" + SvgLines.escaped(cell) + "</" + tag + ">")
                .collect(Collectors.joining("", "<tr>", "</tr>\n"));
    }

    private static String note(String words) {
        return "<p class=\"note\">" + SvgLines.escaped(words) + "</p>\n";
    }

    private String images(int index) {
        Path file = files.get(index);
        Path sidecar = EvaluationRun.fileOf(file);
        if (data == null || !Files.exists(sidecar)) {
            return "";
        }
        Dataset dataset = dataset(file, EvaluationRun.read(sidecar), data);
        List<EvaluationRow> rows = EvaluationReader.read(file);
        Comparator<EvaluationRow> easiest = Comparator.comparingDouble(row -> -margin(row));
        return "<h2>Images of " + SvgLines.escaped(report.summaries().get(index).name()) + "</h2>\n"
                + "<h3>Hardest: certified wrongly, abstained, or of small radius</h3>\n"
                + images(rows.stream().sorted(easiest.reversed()).limit(IMAGES), dataset)
                + "<h3>Easiest: the largest radii</h3>\n"
                + images(rows.stream().sorted(easiest).limit(IMAGES), dataset);
    }

    /** Radius of the true class: below 0 where another was certified. */
    private static double margin(EvaluationRow row) {
        return row.correct() ? row.radius() : -row.radius();
    }

    private static String images(Stream<EvaluationRow> rows, Dataset dataset) {
        return rows.map(row -> {
                    LabelledImage labelled = dataset.get(row.index());
                    String name = dataset.classNames().get(labelled.label());
                    String answer = answer(row, dataset.classNames());
                    return "<li><img alt=\"\" src=\"" + uri(PixelPicture.of(labelled.image())) + "\">image "
                            + row.index() + ", true " + SvgLines.escaped(name) + "<br>" + SvgLines.escaped(answer)
                            + "</li>\n";
                })
                .collect(Collectors.joining("", "<ul class=\"images\">", "</ul>\n"));
    }

    static String answer(EvaluationRow row, List<String> classNames) {
        if (row.abstained()) {
            return "abstained";
        }
        return "certified " + classNames.get(row.predict()) + (row.correct() ? "" : ", WRONG") + ", radius "
                + RoundedDown.format(row.radius(), PLACES);
    }

    private static Dataset dataset(Path file, EvaluationRun run, Path data) {
        String[] parts = run.dataset().split("/", -1);
        DatasetKind kind = Stream.of(DatasetKind.values())
                .filter(known -> known.toString().equals(parts[0]))
                .findFirst()
                .orElse(DatasetKind.FOLDER);
        Split split = Split.valueOf(parts[parts.length - 1].toUpperCase(Locale.ROOT));
        Dataset dataset = Datasets.open(kind, split, data);
        if (!dataset.sha256().equals(run.datasetSha256())) {
            throw new InvalidDataException("the images in " + data + " are not those of " + file
                    + ": its data set has the SHA-256 " + run.datasetSha256() + ", here it is " + dataset.sha256());
        }
        return dataset;
    }

    private static String uri(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, "png", bytes)) {
                throw new IllegalStateException("this Java has no PNG encoder");
            }
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private String provenance(int index) {
        Path file = files.get(index);
        Path sidecar = EvaluationRun.fileOf(file);
        String heading = "<h3>" + SvgLines.escaped(report.summaries().get(index).name()) + "</h3>\n";
        if (!Files.exists(sidecar)) {
            return heading
                    + note(file.getFileName() + " comes without a " + sidecar.getFileName()
                            + " that would say what it is of.");
        }
        EvaluationRun run = EvaluationRun.read(sidecar);
        String plan = run.plan();
        List<List<String>> facts = List.of(
                List.of("model", run.model().name() + " " + run.model().version()),
                List.of("its SHA-256", run.model().sha256()),
                List.of("data", run.dataset() + ", each " + run.skip() + ". image"),
                List.of("its SHA-256", run.datasetSha256()),
                List.of("sigma", Double.toString(run.sigma())),
                List.of("alpha", Double.toString(run.alpha())),
                List.of("n0, n", run.n0() + ", " + run.n()),
                List.of("noise", run.noise()),
                List.of("plan", plan == null ? "fixed" : plan),
                List.of("ran on", run.engine().provider() + ", " + run.engine().precision()));
        return heading + "<table class=\"of\">"
                + facts.stream().map(fact -> row(fact, "td")).collect(Collectors.joining()) + "</table>\n";
    }
}
