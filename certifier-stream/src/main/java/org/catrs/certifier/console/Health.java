// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.console;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * How the service is.
 *
 * @param live whether it works, or will without being restarted
 * @param ready whether it certifies images now
 * @param streams state of Kafka Streams, or {@code CREATED} before it is started
 * @param detail what an operator should know, in a sentence
 */
@JsonPropertyOrder({"live", "ready", "streams", "detail"})
public record Health(boolean live, boolean ready, String streams, String detail) {}
