// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

import java.util.List;

/**
 * The topics of the certifier.
 *
 * @param images where images come from
 * @param predictions where certificates go
 * @param rejected where images go that cannot be certified
 */
public record TopicNames(String images, String predictions, String rejected) {
    /** The names of all. */
    public List<String> all() {
        return List.of(images, predictions, rejected);
    }
}
