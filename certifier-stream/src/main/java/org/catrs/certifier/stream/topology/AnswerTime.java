// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.catrs.schemas.topic.HeaderNames;

/**
 * When an answer is said to be of: the time of its image where its topic keeps that, else now, and a header says the
 * image's.
 *
 * @param timestamp of the answer, in milliseconds since 1970
 * @param image timestamp of the image
 * @param isImages whether the answer will have the image's
 */
record AnswerTime(long timestamp, long image, boolean isImages) {
    /** @param now reading of the clock, in milliseconds since 1970 */
    static AnswerTime of(long image, long now, AcceptedTimes accepted) {
        boolean isImages = accepted.areKept(image, now);
        return new AnswerTime(isImages ? image : now, image, isImages);
    }

    /** Adds the header where it is needed, and removes that of an earlier pass. */
    void addTo(Headers headers) {
        headers.remove(HeaderNames.IMAGE_TIMESTAMP);
        if (!isImages) {
            headers.add(HeaderNames.IMAGE_TIMESTAMP, Long.toString(image).getBytes(StandardCharsets.UTF_8));
        }
    }
}
