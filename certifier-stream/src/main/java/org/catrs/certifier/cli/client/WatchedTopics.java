// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The topics that answers stand on.
 *
 * @param predictions certified labels and abstentions
 * @param rejected rejected images; null where they are not read
 */
public record WatchedTopics(String predictions, @Nullable String rejected) {
    List<String> names() {
        return rejected == null ? List.of(predictions) : List.of(predictions, rejected);
    }
}
