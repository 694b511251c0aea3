// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console;

import java.util.Optional;
import java.util.stream.Collectors;
import org.catrs.console.CertificationReport.Figures;
import org.catrs.console.CertificationReport.ServedModel;

/** The page at the console's root: how the service is, what it certified and with what, and where to look further. */
final class StatusPage {
    private StatusPage() {}

    static String of(String service, Health health, Optional<Figures> certification) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head><meta charset="utf-8"><title>%1$s</title></head>
                <body>
                <h1>%1$s</h1>
                <p>%2$s: %3$s (%4$s)</p>
                %5$s<ul>
                <li><a href="/metrics">/metrics</a></li>
                <li><a href="/health/live">/health/live</a></li>
                <li><a href="/health/ready">/health/ready</a></li>
                </ul>
                </body>
                </html>
                """.formatted(
                        escaped(service),
                        health.ready() ? "Ready" : "Not ready",
                        escaped(health.detail()),
                        escaped(health.state()),
                        certification.map(StatusPage::section).orElse(""));
    }

    private static String section(Figures figures) {
        return """
                <h2>Images since this instance started</h2>
                <table>
                <tr><th>received</th><th>certified</th><th>abstained</th><th>rejected</th><th>at hand</th></tr>
                <tr><td>%d</td><td>%d</td><td>%d</td><td>%d</td><td>%d</td></tr>
                </table>
                <h2>Models</h2>
                %s""".formatted(
                        figures.received(),
                        figures.certified(),
                        figures.abstained(),
                        figures.rejected(),
                        figures.atHand(),
                        models(figures));
    }

    private static String models(Figures figures) {
        if (figures.models().isEmpty()) {
            return "<p>none certifies now</p>\n";
        }
        return figures.models().stream()
                .map(StatusPage::row)
                .collect(Collectors.joining(
                        "", "<table>\n<tr><th>name</th><th>version</th><th>SHA-256</th></tr>\n", "</table>\n"));
    }

    private static String row(ServedModel model) {
        return "<tr><td>%s</td><td>%s</td><td><code>%s</code></td></tr>\n"
                .formatted(escaped(model.name()), escaped(model.version()), escaped(model.sha256()));
    }

    /** Names of models come from a topic. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
