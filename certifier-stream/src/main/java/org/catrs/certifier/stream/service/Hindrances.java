// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.service;

import java.time.Duration;
import java.time.Instant;
import org.catrs.console.Health;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once in the log what keeps a running stream from answering, and once that it has passed. */
final class Hindrances implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Hindrances.class);

    private final StreamsHealth health;
    private @Nullable Instant since;

    Hindrances(StreamsHealth health) {
        this.health = health;
    }

    /** Looks at the stream. */
    @Override
    public void run() {
        Health now = health.now();
        if (now.ready()) {
            if (since != null) {
                LOG.info(
                        "images are answered again after {} s",
                        Duration.between(since, Instant.now()).toSeconds());
                since = null;
            }
        } else if (since == null && now.state().equals("RUNNING")) {
            since = Instant.now();
            LOG.warn("images are not answered: {}", now.detail());
        }
    }
}
