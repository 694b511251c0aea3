// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests;

import static java.util.stream.Collectors.toMap;

import java.util.Map;

/** Samples of a scrape in Prometheus's text format, by series: name and labels as they were written. */
public record Metrics(Map<String, Double> samples) {
    public static Metrics parse(String text) {
        return new Metrics(text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .collect(toMap(
                        line -> line.substring(0, line.lastIndexOf(' ')),
                        line -> number(line.substring(line.lastIndexOf(' ') + 1)))));
    }

    /** Sum over all series of a name whose labels contain a text. */
    public double sum(String name, String labels) {
        return samples.entrySet().stream()
                .filter(sample ->
                        sample.getKey().equals(name) || sample.getKey().startsWith(name + "{"))
                .filter(sample -> sample.getKey().contains(labels))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /** Sum over all series of a name. */
    public double sum(String name) {
        return sum(name, "");
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
