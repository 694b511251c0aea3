// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.intake;

import org.apache.kafka.common.header.Headers;
import org.catrs.schemas.event.ImageOrigin;
import org.catrs.schemas.topic.HeaderNames;
import org.catrs.schemas.topic.HeaderValues;
import org.jspecify.annotations.Nullable;

/** An image as its record has it, whether it stands there alone or in a CloudEvent; not decoded yet. */
public final class IncomingImage {
    private final ImageOrigin origin;
    private final Headers headers;
    private final @Nullable String contentType;
    private final byte @Nullable [] bytes;
    private final @Nullable CloudEvent event;

    private IncomingImage(
            ImageOrigin origin,
            Headers headers,
            @Nullable String contentType,
            byte @Nullable [] bytes,
            @Nullable CloudEvent event) {
        this.origin = origin;
        this.headers = headers;
        this.contentType = contentType;
        this.bytes = bytes;
        this.event = event;
    }

    /**
     * Takes it from a record.
     *
     * @throws RejectedImageException when the record says that it is a CloudEvent, and is none with an image
     */
    public static IncomingImage of(ImageOrigin origin, Headers headers, byte @Nullable [] value) {
        String contentType = HeaderValues.text(headers, HeaderNames.CONTENT_TYPE);
        if (contentType == null || value == null || value.length == 0 || !StructuredEvent.isNamedBy(contentType)) {
            return new IncomingImage(origin, headers, contentType, value, CloudEvent.ofHeaders(headers));
        }
        StructuredEvent whole = StructuredEvent.read(contentType, value);
        return new IncomingImage(origin, headers, whole.contentType(), whole.image(), whole.event());
    }

    /** Where it was taken from. */
    public ImageOrigin origin() {
        return origin;
    }

    /** The record's headers. */
    public Headers headers() {
        return headers;
    }

    /** What its bytes are said to be; null where that is not said. */
    @Nullable
    String contentType() {
        return contentType;
    }

    /** The encoded image; null where the record has no value. */
    byte @Nullable [] bytes() {
        return bytes;
    }

    /** The CloudEvent that it came in; null where it came in none. */
    public @Nullable CloudEvent event() {
        return event;
    }
}
