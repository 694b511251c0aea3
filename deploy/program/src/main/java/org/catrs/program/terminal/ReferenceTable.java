// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table to look things up in. The first column names a thing, the last one says in a sentence or two what it is.
 *
 * @param header a title for each column
 * @param rows as many cells each as the header has
 */
public record ReferenceTable(List<String> header, List<List<String>> rows) {
    private static final int WIDTH = 100;
    private static final String INDENT = "    ";

    /** An option, or a variable of the environment. */
    private static final Pattern CODE = Pattern.compile("--[a-z0-9-]+|[A-Z0-9]+(_[A-Z0-9]+)+");

    /** @throws IllegalArgumentException when a row has another number of cells than the header */
    public ReferenceTable {
        header = List.copyOf(header);
        rows = List.copyOf(rows);
        int columns = header.size();
        if (rows.stream().anyMatch(row -> row.size() != columns)) {
            throw new IllegalArgumentException("a row of the table has other than " + columns + " cells");
        }
    }

    /** The table for a terminal: each row in columns, with its sentences below. */
    String toText() {
        return rows.stream().map(this::entry).collect(Collectors.joining("\n"));
    }

    /** The table as Markdown. */
    String toMarkdown() {
        List<String> lines = new ArrayList<>();
        lines.add(line(header));
        lines.add("|" + " --- |".repeat(header.size()));
        for (List<String> row : rows) {
            lines.add(line(IntStream.range(0, row.size())
                    .mapToObj(column -> markdown(row.get(column), column == 0))
                    .toList()));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String markdown(String cell, boolean isName) {
        return isName || CODE.matcher(cell).matches()
                ? "`" + cell + "`"
                : cell.replace("|", "\\|").replace("<", "&lt;");
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    private String entry(List<String> row) {
        int last = row.size() - 1;
        String facts = IntStream.range(1, last)
                .filter(column -> !row.get(column).isEmpty())
                .mapToObj(column -> header.get(column) + ": " + row.get(column))
                .collect(Collectors.joining("; "));
        return row.get(0) + "\n" + wrapped(facts) + wrapped(row.get(last));
    }

    private static String wrapped(String text) {
        StringBuilder lines = new StringBuilder();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (line.length() > 0 && INDENT.length() + line.length() + 1 + word.length() > WIDTH) {
                lines.append(INDENT).append(line).append('\n');
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        return lines.append(INDENT).append(line).append('\n').toString();
    }
}
