// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.summary;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table of text: the first column is aligned left, the others right.
 *
 * @param header a title for each column
 * @param rows as many cells each as the header has
 */
public record TextTable(List<String> header, List<List<String>> rows) {
    /** @throws IllegalArgumentException when a row has another number of cells than the header */
    public TextTable {
        header = List.copyOf(header);
        rows = List.copyOf(rows);
        int columns = header.size();
        if (rows.stream().anyMatch(row -> row.size() != columns)) {
            throw new IllegalArgumentException("a row of the table has other than " + columns + " cells");
        }
    }

    /** A number without zeros at its end, for a cell. */
    public static String plain(double number) {
        return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
    }

    /** The table in columns of equal width, each line with its end. */
    public String toText() {
        return line(header, "", "  ", "")
                + rows.stream().map(row -> line(row, "", "  ", "")).collect(Collectors.joining());
    }

    /** The table as Markdown, each line with its end. */
    public String toMarkdown() {
        String alignment = IntStream.range(0, header.size())
                .mapToObj(column -> column == 0 ? ":--" : "--:")
                .collect(Collectors.joining(" | ", "| ", " |" + System.lineSeparator()));
        return line(header, "| ", " | ", " |")
                + alignment
                + rows.stream().map(row -> line(row, "| ", " | ", " |")).collect(Collectors.joining());
    }

    private String line(List<String> cells, String start, String separator, String end) {
        return IntStream.range(0, cells.size())
                .mapToObj(column -> pad(cells.get(column), width(column), column == 0))
                .collect(Collectors.joining(separator, start, end + System.lineSeparator()));
    }

    private int width(int column) {
        return IntStream.concat(
                        IntStream.of(header.get(column).length()),
                        rows.stream().mapToInt(row -> row.get(column).length()))
                .max()
                .orElse(0);
    }

    private static String pad(String cell, int width, boolean left) {
        String blanks = " ".repeat(width - cell.length());
        return left ? cell + blanks : blanks + cell;
    }
}
