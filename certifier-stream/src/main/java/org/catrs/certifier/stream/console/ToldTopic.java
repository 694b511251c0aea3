// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.console;

import org.apache.kafka.common.serialization.Deserializer;
import org.catrs.schemas.event.Event;

/**
 * A topic beside those of the answers that the page shows.
 *
 * @param events reads its values
 * @param last number of records that are read of each partition's end; of a compacted topic as many as there may be
 */
public record ToldTopic<E extends Event>(String name, Deserializer<E> events, long last) {}
