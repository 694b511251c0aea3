// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.catrs.tests.Checkout;

/** The queries of the dashboards. */
final class Dashboard {
    private static final Path FOLDER = Checkout.ROOT.resolve("monitoring/grafana/dashboards");

    private Dashboard() {}

    /** A query of a panel, with Grafana's variables replaced by all jobs, all instances and a range of ten seconds. */
    record Query(String panel, String expression) {}

    /** @param name of a dashboard, such as {@code certifier} */
    static List<Query> queries(String name) throws IOException {
        List<Query> queries = new ArrayList<>();
        for (JsonNode panel : new ObjectMapper()
                .readTree(FOLDER.resolve(name + ".json").toFile())
                .path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                String expression = target.path("expr")
                        .asText()
                        .replace("$__rate_interval", "10s")
                        .replace("$job", ".+")
                        .replace("$instance", ".+");
                queries.add(new Query(
                        panel.path("title").asText() + " "
                                + target.path("refId").asText(),
                        expression));
            }
        }
        return queries;
    }
}
