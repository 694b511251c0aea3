// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.intake;

import org.apache.kafka.common.header.Headers;
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
        String text = HeaderValues.text(headers, HeaderNames.TRUE_LABEL);
        if (text == null) {
            return null;
        }
        try {
            int label = Integer.parseInt(text.strip());
            if (label >= 0 && label < classes) {
                return label;
            }
        } catch (NumberFormatException e) {
            LOG.debug("header {} is no number", HeaderNames.TRUE_LABEL, e);
        }
        LOG.debug("header {} must be an index below {}, found '{}': left out", HeaderNames.TRUE_LABEL, classes, text);
        return null;
    }
}
