// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.event;

import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.topic.HeaderNames;
import org.catrs.schemas.topic.HeaderValues;
import org.jspecify.annotations.Nullable;

/**
 * Why an image could not be certified, and where it came from: what the headers of a rejected image say, whose key and
 * value are the image's own.
 *
 * @param stage the stage that rejected it, such as {@code decode}
 * @param reason code of the reason, such as {@code CORRUPT_IMAGE}
 * @param message what was found and what was needed, for people; null when not said
 * @param exception class of the exception behind it; null when not said
 * @param topic topic that the image came from; null when not said
 * @param partition partition that the image came from; null when not said
 * @param offset offset of the image in its partition; null when not said
 * @param omitted which of key, headers and value were too large to be kept, comma separated; null when none
 * @param answered time of the rejection, in milliseconds since 1970-01-01 UTC; null in records before version 3
 */
public record ImageRejection(
        String stage,
        String reason,
        @Nullable String message,
        @Nullable String exception,
        @Nullable String topic,
        @Nullable Integer partition,
        @Nullable Long offset,
        @Nullable String omitted,
        @Nullable Long answered)
        implements Event {
    /** @throws IllegalArgumentException when stage or reason is blank */
    public ImageRejection {
        Checks.checkFilled(stage, "stage");
        Checks.checkFilled(reason, "reason");
        if (answered != null) {
            Checks.checkExact(answered, "answered");
        }
    }

    /** Where the image was taken from; null where the headers do not say all of it. */
    public @Nullable ImageOrigin origin() {
        return topic == null || partition == null || offset == null ? null : new ImageOrigin(topic, partition, offset);
    }

    /**
     * Reads what the headers of a rejected image say.
     *
     * @return empty when there is no stage or no reason, because the record is no rejected image
     * @throws InvalidDataException when partition, offset or time is no number that can be
     */
    public static Optional<ImageRejection> of(Headers headers) {
        String stage = HeaderValues.text(headers, HeaderNames.ERROR_STAGE);
        String reason = HeaderValues.text(headers, HeaderNames.ERROR_REASON);
        if (stage == null || reason == null || stage.isBlank() || reason.isBlank()) {
            return Optional.empty();
        }
        Long partition = HeaderValues.wholeNumber(headers, HeaderNames.STREAMS_ERROR_PREFIX + "partition");
        if (partition != null && partition > Integer.MAX_VALUE) {
            throw new InvalidDataException("the partition " + partition + " of a rejected image can be none");
        }
        try {
            return Optional.of(new ImageRejection(
                    stage,
                    reason,
                    HeaderValues.text(headers, HeaderNames.STREAMS_ERROR_PREFIX + "message"),
                    HeaderValues.text(headers, HeaderNames.STREAMS_ERROR_PREFIX + "exception"),
                    HeaderValues.text(headers, HeaderNames.STREAMS_ERROR_PREFIX + "topic"),
                    partition == null ? null : partition.intValue(),
                    HeaderValues.wholeNumber(headers, HeaderNames.STREAMS_ERROR_PREFIX + "offset"),
                    HeaderValues.text(headers, HeaderNames.ERROR_OMITTED),
                    HeaderValues.wholeNumber(headers, HeaderNames.ANSWERED)));
        } catch (IllegalArgumentException e) {
            throw new InvalidDataException("the headers are no rejected image's: " + e.getMessage(), e);
        }
    }
}
