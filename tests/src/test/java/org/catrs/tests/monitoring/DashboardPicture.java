// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.catrs.tests.Checkout;

/**
 * A picture of a dashboard, drawn by Chromium from the dashboard's own queries, units and options, and from what a real
 * Prometheus answers. It is no picture of Grafana, which has no package that tests could install.
 */
public final class DashboardPicture {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path CHARTS = Checkout.ROOT.resolve("tests/lint/node_modules/uplot/dist");
    private static final Pattern RESULT =
            Pattern.compile("<script type=\"application/json\" id=\"result\">(.*?)</script>", Pattern.DOTALL);
    private static final Pattern LEGEND = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");
    private static final int WIDTH = 1_600;

    /** A row of the grid, with the gap below it, and what stands above the grid. */
    private static final int ROW_PIXELS = 38;

    private static final int HEAD_PIXELS = 70;
    private static final int MOST_POINTS = 240;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Dashboard dashboard;
    private final Prometheus prometheus;
    private final Path work;

    private DashboardPicture(Dashboard dashboard, Prometheus prometheus, Path work) {
        this.dashboard = dashboard;
        this.prometheus = prometheus;
        this.work = work;
    }

    /** Why no picture can be drawn here; empty where one can. */
    public static Optional<String> hindrance() {
        if (chromium().isEmpty()) {
            return Optional.of("needs the chromium of Debian's package of that name");
        }
        return Files.exists(CHARTS)
                ? Optional.empty()
                : Optional.of("needs uPlot, which `npm ci` in tests/lint brings, as tests/all does");
    }

    /**
     * Draws a dashboard, and makes sure that each panel shows something.
     *
     * @param past how far back the picture reaches
     * @param work where the page and the browser's files are kept
     * @param name of the file, a PNG in {@code tests/target/pictures}
     */
    public static void draw(String dashboard, Prometheus prometheus, Duration past, Path work, String name)
            throws IOException, InterruptedException {
        new DashboardPicture(Dashboard.read(dashboard), prometheus, work).draw(past, name);
    }

    private void draw(Duration past, String name) throws IOException, InterruptedException {
        Path page = Files.writeString(work.resolve(dashboard.name() + ".html"), page(past));
        JsonNode result = JSON.readTree(result(browse(page, "--dump-dom")));
        assertThat(result.path("problems")).as("what went wrong").isEmpty();
        Path pictures = Files.createDirectories(Checkout.ROOT.resolve("tests/target/pictures"));
        browse(page, "--screenshot=" + pictures.resolve(name + ".png"));
        assertThat(result.path("empty")).as("panels with nothing to show").isEmpty();
        assertThat(result.path("drawn")).hasSize((int) dashboard.panels().stream()
                .filter(panel -> !panel.path("type").asText().equals("row"))
                .count());
    }

    private static String result(String dom) {
        Matcher result = RESULT.matcher(dom);
        assertThat(result.find()).as(() -> "the page came to its end: " + dom).isTrue();
        return result.group(1);
    }

    private String page(Duration past) throws IOException, InterruptedException {
        return """
                <!doctype html><html lang="en"><meta charset="utf-8"><title>%s</title><style>%s%s</style><body>
                <script>%s</script><script>const DRAWING = %s;</script><script>%s</script></body></html>
                """.formatted(
                        dashboard.json().path("title").asText(),
                        Files.readString(CHARTS.resolve("uPlot.min.css")),
                        resource("draw.css"),
                        Files.readString(CHARTS.resolve("uPlot.iife.min.js")),
                        JSON.writeValueAsString(drawing(past)).replace("</", "<\\/"),
                        resource("draw.js"));
    }

    private JsonNode drawing(Duration past) throws IOException, InterruptedException {
        Duration step = Duration.ofSeconds(Math.max(1, past.toSeconds() / MOST_POINTS));
        Instant to = Instant.now();
        Instant from = to.minus(past);
        Map<String, String> values = dashboard.values(prometheus);
        ObjectNode drawing = JSON.createObjectNode();
        drawing.put("title", dashboard.json().path("title").asText());
        drawing.put("from", from.getEpochSecond());
        drawing.put("to", to.getEpochSecond());
        ArrayNode times = drawing.putArray("times");
        for (long time = from.getEpochSecond(); time <= to.getEpochSecond(); time += step.toSeconds()) {
            times.add(time);
        }
        ArrayNode panels = drawing.putArray("panels");
        for (JsonNode panel : dashboard.panels()) {
            ObjectNode shown = panel.deepCopy();
            for (JsonNode target : shown.path("targets")) {
                JsonNode series =
                        prometheus.series(Dashboard.fill(target.path("expr").asText(), values), from, to, step);
                ((ObjectNode) target)
                        .set("series", named(series, target.path("legendFormat").asText(), times));
            }
            JsonNode filter = shown.path("options").path("alertInstanceLabelFilter");
            if (filter.isTextual()) {
                ((ObjectNode) shown.path("options"))
                        .put("alertInstanceLabelFilter", Dashboard.fill(filter.asText(), values));
            }
            panels.add(shown);
        }
        ArrayNode annotations = drawing.putArray("annotations");
        for (JsonNode annotation : dashboard.json().path("annotations").path("list")) {
            String query = Dashboard.fill(annotation.path("target").path("expr").asText(), values);
            JsonNode series = prometheus.series(query, from, to, step);
            ObjectNode shown = annotations.addObject();
            shown.put("color", annotation.path("iconColor").asText());
            shown.set("spans", spans(series, step));
        }
        drawing.set("alerts", alerts());
        return drawing;
    }

    /** The series with the names that the legend gives them, and one value for each time, null where there is none. */
    private static ArrayNode named(JsonNode answered, String legend, ArrayNode times) {
        ArrayNode all = JSON.createArrayNode();
        for (JsonNode series : answered) {
            ObjectNode shown = all.addObject();
            shown.set("labels", series.path("metric"));
            shown.put(
                    "name",
                    LEGEND.matcher(legend)
                            .replaceAll(label -> Matcher.quoteReplacement(
                                    series.path("metric").path(label.group(1)).asText())));
            ArrayNode values = shown.putArray("values");
            int next = 0;
            JsonNode points = series.path("values");
            for (JsonNode time : times) {
                if (next < points.size() && points.get(next).get(0).asLong() == time.asLong()) {
                    values.add(number(points.get(next).get(1).asText()));
                    next++;
                } else {
                    values.addNull();
                }
            }
        }
        return all;
    }

    private static Double number(String text) {
        double value = Double.parseDouble(text.replace("Inf", "Infinity"));
        return Double.isFinite(value) ? (Double) value : null;
    }

    /** Begin and end of each time for which one of the series had values, as Grafana joins them. */
    private static ArrayNode spans(JsonNode answered, Duration step) {
        ArrayNode spans = JSON.createArrayNode();
        for (JsonNode series : answered) {
            TreeSet<Long> times = new TreeSet<>();
            series.path("values").forEach(value -> times.add(value.get(0).asLong()));
            for (long begin : times) {
                if (!times.contains(begin - step.toSeconds())) {
                    long end = begin;
                    while (times.contains(end + step.toSeconds())) {
                        end += step.toSeconds();
                    }
                    spans.addArray().add(begin).add(end);
                }
            }
        }
        return spans;
    }

    private ArrayNode alerts() throws IOException, InterruptedException {
        ArrayNode alerts = JSON.createArrayNode();
        for (JsonNode rule : prometheus.rules()) {
            for (JsonNode alert : rule.path("alerts")) {
                if (alert.path("state").asText().equals("firing")) {
                    alerts.addObject()
                            .put("name", rule.path("name").asText())
                            .put("job", alert.path("labels").path("job").asText())
                            .put(
                                    "severity",
                                    alert.path("labels").path("severity").asText())
                            .put(
                                    "summary",
                                    alert.path("annotations").path("summary").asText());
                }
            }
        }
        return alerts;
    }

    private static String resource(String name) throws IOException {
        try (var stream = DashboardPicture.class.getResourceAsStream("/dashboards/" + name)) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Optional<Path> chromium() {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, "chromium"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Lets Chromium do one thing with the page, which needs no network; gives what it prints. */
    private String browse(Path page, String what) throws IOException, InterruptedException {
        int rows = dashboard.panels().stream()
                .map(panel -> panel.path("gridPos"))
                .mapToInt(place -> place.path("y").asInt() + place.path("h").asInt())
                .max()
                .orElseThrow();
        Path out = work.resolve("chromium.out");
        Path err = work.resolve("chromium.err");
        List<String> command = new ArrayList<>(List.of(
                chromium().orElseThrow().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--user-data-dir=" + work.resolve("chromium"),
                "--window-size=" + WIDTH + "," + (rows * ROW_PIXELS + HEAD_PIXELS),
                "--virtual-time-budget=2000",
                what,
                page.toUri().toString()));
        Process browser = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        boolean ended = browser.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
        browser.destroyForcibly();
        assertThat(ended).as("Chromium ends within " + LIMIT).isTrue();
        assertThat(browser.exitValue()).as(() -> "Chromium's end, see " + err).isZero();
        return Files.readString(out);
    }
}
