// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/** The samples of a soak, as tab-separated values in a file: a line each, written at once. */
final class SoakTable implements AutoCloseable {
    private static final String HEADER =
            "seconds\timages\tanswers\tmodels\tkills\tmemory_mib\toutside_heap_mib\tthreads\thandles\tlag\n";

    private final Writer file;
    private final Duration lasted;

    private SoakTable(Writer file, Duration lasted) {
        this.file = file;
        this.lasted = lasted;
    }

    /** Opens a table to go on with it. A last line that a kill cut off is dropped. */
    static SoakTable open(Path path) {
        try {
            String whole = Files.exists(path) ? Files.readString(path) : "";
            whole = whole.substring(0, whole.lastIndexOf('\n') + 1);
            Files.writeString(path, whole.isEmpty() ? HEADER : whole);
            List<String> lines = whole.lines().skip(1).toList();
            Duration lasted = lines.isEmpty() ? Duration.ZERO : seconds(lines.get(lines.size() - 1));
            return new SoakTable(Files.newBufferedWriter(path, StandardOpenOption.APPEND), lasted);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Duration seconds(String line) {
        return Duration.ofSeconds(Long.parseLong(line.substring(0, line.indexOf('\t'))));
    }

    /** How long the soak had lasted when the table was opened. */
    Duration lasted() {
        return lasted;
    }

    /** Adds a line, and gives it. */
    String add(Duration time, Soak.Sample sample) {
        String line = "%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d"
                .formatted(
                        time.toSeconds(),
                        sample.images(),
                        sample.answers(),
                        sample.rounds(),
                        sample.kills(),
                        sample.held().memory() >> 20,
                        (sample.held().memory() - sample.heap()) >> 20,
                        sample.held().threads(),
                        sample.held().handles(),
                        sample.lag());
        try {
            file.write(line + "\n");
            file.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line;
    }

    /** All that a table holds. */
    record Columns(List<String> names, List<List<Double>> lines) {
        static Columns of(Path path) {
            try {
                List<List<String>> cells = Files.readAllLines(path).stream()
                        .map(line -> List.of(line.split("\t", -1)))
                        .toList();
                return new Columns(
                        cells.get(0),
                        cells.stream()
                                .skip(1)
                                .map(line -> line.stream().map(Double::valueOf).toList())
                                .toList());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        List<Double> column(String name) {
            return lines.stream().map(line -> line.get(names.indexOf(name))).toList();
        }
    }

    static String header() {
        return HEADER.strip();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
