// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.intake;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.catrs.schemas.topic.HeaderNames;
import org.jspecify.annotations.Nullable;

/**
 * What a CloudEvent (version 1.0) says beside its data.
 *
 * @param attributes its attributes and extensions by their names, as text
 */
public record CloudEvent(Map<String, String> attributes) {
    /** The version of the specification. */
    public static final String VERSION = "1.0";

    private static final String SPEC_VERSION = "specversion";
    private static final List<String> REQUIRED = List.of("id", "source", "type");

    /** @throws RejectedImageException when an attribute that each event needs is missing, or the version is another */
    public CloudEvent {
        attributes = Map.copyOf(attributes);
        String version = attributes.get(SPEC_VERSION);
        if (!VERSION.equals(version)) {
            throw invalid(
                    "a CloudEvent needs the attribute " + SPEC_VERSION + " of " + VERSION + ", found "
                            + (version == null ? "none" : "'" + version + "'"),
                    null);
        }
        for (String name : REQUIRED) {
            if (attributes.getOrDefault(name, "").isEmpty()) {
                throw invalid("a CloudEvent needs the attribute " + name + ", which is missing or empty", null);
            }
        }
    }

    /**
     * The event whose attributes are headers, in the binary mode of CloudEvents' Kafka binding.
     *
     * @return null where no header says that there is one
     * @throws RejectedImageException when there is one that lacks what each event needs
     */
    static @Nullable CloudEvent ofHeaders(Headers headers) {
        if (headers.lastHeader(HeaderNames.CLOUD_EVENT_PREFIX + SPEC_VERSION) == null) {
            return null;
        }
        Map<String, String> attributes = new TreeMap<>();
        for (Header header : headers) {
            if (header.key().startsWith(HeaderNames.CLOUD_EVENT_PREFIX) && header.value() != null) {
                attributes.put(
                        header.key().substring(HeaderNames.CLOUD_EVENT_PREFIX.length()),
                        new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return new CloudEvent(attributes);
    }

    /** An attribute, or an extension; null where it is not there. */
    public @Nullable String attribute(String name) {
        return attributes.get(name);
    }

    static RejectedImageException invalid(String message, @Nullable Throwable cause) {
        return new RejectedImageException(RejectionReason.INVALID_CLOUD_EVENT, message, cause);
    }
}
