// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.console;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.catrs.certifier.stream.topology.TopicNames;
import org.catrs.console.view.Trials;
import org.catrs.schemas.image.ImageLimits;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows.
 *
 * @param topics of images and answers
 * @param toldTopics further topics, by the type of their events
 * @param consumer properties of a Kafka consumer
 * @param registry address of the schema registry; null where there is none
 * @param limits of images
 * @param showsPictures whether images are shown
 * @param access who may try
 */
public record ConsoleOptions(
        TopicNames topics,
        List<ToldTopic<?>> toldTopics,
        Map<String, Object> consumer,
        @Nullable URI registry,
        ImageLimits limits,
        boolean showsPictures,
        Trials.Access access) {
    /** Copies the collections. */
    public ConsoleOptions {
        toldTopics = List.copyOf(toldTopics);
        consumer = Map.copyOf(consumer);
    }
}
