// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The image's way as one Kafka Streams topology: from the {@code images} topic to {@code certified-predictions} and
 * {@code images-rejected}. The processor takes images and forwards answers; workers make the answers beside it.
 *
 * <p>Part of {@code stream}. Previous: {@code outcome}, and {@code held}, which keeps what is at hand. Next: the topics.
 */
@NullMarked
package org.catrs.certifier.stream.topology;

import org.jspecify.annotations.NullMarked;
