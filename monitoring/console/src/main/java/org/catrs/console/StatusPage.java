// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console;

/** The page at the console's root: how the service is, and where to look further. */
final class StatusPage {
    private StatusPage() {}

    static String of(String service, Health health) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head><meta charset="utf-8"><title>%1$s</title></head>
                <body>
                <h1>%1$s</h1>
                <p>%2$s: %3$s (%4$s)</p>
                <ul>
                <li><a href="/metrics">/metrics</a></li>
                <li><a href="/health/live">/health/live</a></li>
                <li><a href="/health/ready">/health/ready</a></li>
                </ul>
                </body>
                </html>
                """.formatted(service, health.ready() ? "Ready" : "Not ready", health.detail(), health.state());
    }
}
