// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.intake;

import org.apache.kafka.common.header.Headers;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.topic.HeaderNames;
import org.catrs.schemas.topic.HeaderValues;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The class that a producer says is true, in a header. It takes no part in the certification, so one that cannot be
 * read is left out, and the image is certified all the same.
 */
public final class TrueLabel {
    private static final Logger LOG = LoggerFactory.getLogger(TrueLabel.class);

    private TrueLabel() {}

    /** The class's index; null when the header is missing or is no index of a class. */
    public static @Nullable Integer of(Headers headers, int classes) {
        try {
            Long label = HeaderValues.wholeNumber(headers, HeaderNames.TRUE_LABEL);
            if (label == null || label < classes) {
                return label == null ? null : label.intValue();
            }
            LOG.debug("header {} must be below {}, found {}: left out", HeaderNames.TRUE_LABEL, classes, label);
        } catch (InvalidDataException e) {
            LOG.debug("left out", e);
        }
        return null;
    }
}
