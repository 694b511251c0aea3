// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.held;

import java.time.Duration;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.Record;

/**
 * What an image is answered with.
 *
 * @param sink name of the topology's node that sends it
 * @param message of a size that can be sent
 * @param counted counts the answer; called when it has been handed to the producer, with the time that it waited for the
 *     answers before it
 */
public record Answer(String sink, Record<byte[], byte[]> message, Consumer<Duration> counted) {}
