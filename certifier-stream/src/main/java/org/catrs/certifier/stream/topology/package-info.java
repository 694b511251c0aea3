// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The image's way as one Kafka Streams topology: from the {@code images} topic to {@code certified-predictions} and
 * {@code images-rejected}. One record is certified in one call of the processor, so that nothing waits in memory to be
 * lost.
 *
 * <p>Part of {@code stream}. Previous: {@code outcome}. Next: the topics.
 */
@NullMarked
package org.catrs.certifier.stream.topology;

import org.jspecify.annotations.NullMarked;
