// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console.web;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A whole answer to a request.
 *
 * @param status HTTP's
 * @param contentType media type of the body
 * @param headers further headers
 */
public record Reply(int status, String contentType, byte[] body, Map<String, String> headers) {
    private static final String TEXT = "text/plain; charset=utf-8";

    /** Copies the headers. */
    public Reply {
        headers = Map.copyOf(headers);
    }

    /** Text that is to be shown as it is. */
    public static Reply text(int status, String text) {
        return of(status, TEXT, text);
    }

    /** Text of some media type. */
    public static Reply of(int status, String contentType, String body) {
        return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes of some media type. */
    public static Reply of(int status, String contentType, byte[] body) {
        return new Reply(status, contentType, body, Map.of());
    }

    /** The same with another header. */
    public Reply with(String name, String value) {
        Map<String, String> more = new java.util.HashMap<>(headers);
        more.put(name, value);
        return new Reply(status, contentType, body, more);
    }
}
