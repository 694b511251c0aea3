// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.service;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once in the log what keeps the stream from answering, once more when it is something else, and when it has passed. */
final class Hindrances implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Hindrances.class);

    private final StreamsHealth health;
    private @Nullable Instant since;
    private String said = "";

    Hindrances(StreamsHealth health) {
        this.health = health;
    }

    /** Looks at the stream. */
    @Override
    public void run() {
        String trouble = health.trouble();
        if (trouble == null) {
            if (since != null) {
                LOG.info(
                        "images are answered again after {} s",
                        Duration.between(since, Instant.now()).toSeconds());
            }
            since = null;
            said = "";
            return;
        }
        since = since == null ? Instant.now() : since;
        // The seconds in it are others each time.
        String kind = trouble.replaceAll("[0-9]+", "");
        if (!kind.equals(said)) {
            said = kind;
            LOG.warn("images are not answered: {}", trouble);
        }
    }
}
