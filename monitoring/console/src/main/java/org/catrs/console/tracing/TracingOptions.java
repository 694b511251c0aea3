// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console.tracing;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.catrs.schemas.InvalidDataException;

/**
 * Which traces are sent where.
 *
 * @param collector base address of an OpenTelemetry collector that takes OTLP over HTTP; traces go to {@code /v1/traces} below
 *     it
 * @param share of the traces that begin here that are sent, from 0 to 1; one that a producer began is sent where the producer
 *     says so
 */
public record TracingOptions(URI collector, double share) {
    /** @throws InvalidDataException when the collector's address is not of HTTP, or the share is none */
    public TracingOptions {
        requireCollector(collector.toString());
        if (!(share >= 0 && share <= 1)) {
            throw new InvalidDataException("a share of traces is from 0 to 1, found " + share);
        }
    }

    /**
     * Checks an address.
     *
     * @throws InvalidDataException when it is none of HTTP
     */
    public static void requireCollector(String address) {
        try {
            URI uri = new URI(address);
            if (uri.getHost() == null || !Set.of("http", "https").contains(uri.getScheme())) {
                throw new InvalidDataException("traces are sent to an address like http://localhost:4318");
            }
        } catch (URISyntaxException e) {
            throw new InvalidDataException("not an address: " + e.getReason(), e);
        }
    }

    /** Where spans are posted. */
    String endpoint() {
        return collector.toString().replaceFirst("/+$", "") + "/v1/traces";
    }
}
