// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * How a service is.
 *
 * @param live whether it works, or will without being restarted
 * @param ready whether it does its work now
 * @param state one word for it in upper case, such as {@code CREATED} before the service is started
 * @param detail what an operator should know, in a sentence
 */
@JsonPropertyOrder({"live", "ready", "state", "detail"})
public record Health(boolean live, boolean ready, String state, String detail) {}
