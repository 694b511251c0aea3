// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The images at hand: taken from their topic, and not answered yet. The stream thread takes them and forwards their
 * answers, workers make the answers, and what is committed is the first image that has none. A partition with enough at
 * hand is paused at the consumer. Knows Kafka, and nothing of certification.
 *
 * <p>Part of {@code stream}. Next: {@code topology}, which takes and answers with it.
 */
@NullMarked
package org.catrs.certifier.stream.held;

import org.jspecify.annotations.NullMarked;
