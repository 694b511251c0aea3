// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catrs.tests.Checkout;

/** A dashboard as Grafana reads it: panels with their queries, and variables that Prometheus has the values of. */
record Dashboard(String name, JsonNode json) {
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), (\\w+)\\)");

    /** What Grafana puts in the place of its variable for rates, for a Prometheus that scrapes each second. */
    private static final String RATE_INTERVAL = "10s";

    /** The time that is shown. */
    private static final String RANGE = "1m";

    /** What has answers only where there is a GPU, while images wait, or where something occurs. */
    private static final Pattern AT_TIMES = Pattern.compile("catrs_gpu_|< \\+Inf|> 0$");

    /** @param name of its file, such as {@code certification} */
    static Dashboard read(String name) throws IOException {
        return new Dashboard(
                name,
                new ObjectMapper()
                        .readTree(Checkout.ROOT
                                .resolve("monitoring/grafana/dashboards/" + name + ".json")
                                .toFile()));
    }

    /** A query of a panel, without variables. */
    record Query(String panel, String expression) {}

    /** Where the values of a variable are found: a label of the series that a selector has. */
    record Variable(String name, String selector, String label) {}

    /** All panels with a place of their own, rows among them, in the dashboard's order. */
    List<JsonNode> panels() {
        List<JsonNode> panels = new ArrayList<>();
        json.path("panels").forEach(panels::add);
        return panels;
    }

    /** The queries of all panels that have an answer in every healthy service. */
    List<Query> queries(Map<String, String> values) {
        List<Query> queries = new ArrayList<>();
        for (JsonNode panel : panels()) {
            for (JsonNode target : panel.path("targets")) {
                String expression = target.path("expr").asText();
                if (!AT_TIMES.matcher(expression).find()) {
                    queries.add(new Query(
                            panel.path("title").asText() + " "
                                    + target.path("refId").asText(),
                            fill(expression, values)));
                }
            }
        }
        return queries;
    }

    /** The variables whose values Prometheus is asked for, in an order in which each knows those that it builds on. */
    List<Variable> variables() {
        List<Variable> variables = new ArrayList<>();
        for (JsonNode variable : json.path("templating").path("list")) {
            Matcher query =
                    LABEL_VALUES.matcher(variable.path("query").path("query").asText());
            if (query.matches()) {
                variables.add(new Variable(variable.path("name").asText(), query.group(1), query.group(2)));
            }
        }
        return variables;
    }

    /** Puts a regular expression of all its values into the place of each variable, as Grafana does for "All". */
    static String fill(String expression, Map<String, String> values) {
        String filled = expression.replace("$__rate_interval", RATE_INTERVAL).replace("$__range", RANGE);
        for (Map.Entry<String, String> value : values.entrySet()) {
            String any = "\"" + value.getValue() + "\"";
            filled = filled.replace("\"$" + value.getKey() + "\"", any)
                    .replace("\"${" + value.getKey() + ":regex}\"", any);
        }
        return filled;
    }

    /** The values of all variables, each as a regular expression that matches any of them. */
    Map<String, String> values(Prometheus prometheus) throws IOException, InterruptedException {
        Map<String, String> values = new LinkedHashMap<>();
        for (Variable variable : variables()) {
            List<String> found = prometheus.labelValues(fill(variable.selector(), values), variable.label());
            values.put(variable.name(), String.join("|", found));
        }
        return values;
    }
}
