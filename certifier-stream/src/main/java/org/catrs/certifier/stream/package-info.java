// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Certifies a topic's images; no other door knows Kafka Streams. An image passes {@code intake}, {@code seed},
 * {@code outcome} and {@code topology}, in this order, and is {@code held} until it is answered; {@code release} brings
 * models while the service runs, {@code settings} configures, {@code service} starts and stops.
 *
 * <p>Previous door: {@code adversary}. Next: {@code evaluation}, which certifies a data set's images as this certifies a
 * topic's.
 */
@NullMarked
package org.catrs.certifier.stream;

import org.jspecify.annotations.NullMarked;
