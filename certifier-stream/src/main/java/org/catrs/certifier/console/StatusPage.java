// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.console;

/** The page at the console's root: how the service is, and where to look further. */
final class StatusPage {
    private StatusPage() {}

    static String of(Health health) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head><meta charset="utf-8"><title>catrs certifier</title></head>
                <body>
                <h1>catrs certifier</h1>
                <p>%s: %s (Kafka Streams: %s)</p>
                <ul>
                <li><a href="/metrics">/metrics</a></li>
                <li><a href="/health/live">/health/live</a></li>
                <li><a href="/health/ready">/health/ready</a></li>
                </ul>
                </body>
                </html>
                """.formatted(health.ready() ? "Ready" : "Not ready", health.detail(), health.streams());
    }
}
