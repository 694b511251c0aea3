// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.paper;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.catrs.schemas.InvalidDataException;

/**
 * A result table of Jeong, Kim and Shin, "Confidence-aware Training of Smoothed Classifiers for Certified Robustness",
 * AAAI 2023.
 *
 * @param number of the table in the paper
 * @param radii columns of certified accuracy: L2, in units of pixels scaled to [0, 1], ascending from 0
 */
public record PaperTable(int number, List<Double> radii, List<PaperRow> rows) {
    private static final int LAST_NUMBER = 7;
    private static final int FIRST_RADIUS = 8;

    public PaperTable {
        radii = List.copyOf(radii);
        rows = List.copyOf(rows);
    }

    /**
     * A table of the paper.
     *
     * @param number from 1 to 7
     * @throws InvalidDataException when the paper has no table of this number
     */
    public static PaperTable of(int number) {
        if (number < 1 || number > LAST_NUMBER) {
            throw new InvalidDataException("the paper's result tables are 1 to " + LAST_NUMBER + ", found " + number);
        }
        List<String[]> lines = lines("table-" + number + ".tsv")
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t", -1))
                .toList();
        List<PaperRow> rows = lines.stream().skip(1).map(PaperTable::row).toList();
        return new PaperTable(number, numbers(lines.get(0), FIRST_RADIUS), rows);
    }

    private static Stream<String> lines(String resource) {
        try (InputStream in = PaperTable.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + resource + " is missing");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).lines().toList().stream();
        } catch (IOException exception) {
            throw new UncheckedIOException(resource + " cannot be read", exception);
        }
    }

    private static PaperRow row(String[] cells) {
        List<String> overrides = cells[6].isEmpty() ? List.of() : List.of(cells[6].split(" ", -1));
        double averageCertifiedRadius = Double.parseDouble(cells[FIRST_RADIUS - 1]);
        return new PaperRow(
                cells[1],
                cells[0],
                cells[2],
                cells[3],
                cells[4],
                cells[5],
                overrides,
                averageCertifiedRadius,
                numbers(cells, FIRST_RADIUS));
    }

    private static List<Double> numbers(String[] cells, int from) {
        return IntStream.range(from, cells.length)
                .mapToObj(index -> Double.valueOf(cells[index]))
                .toList();
    }
}
