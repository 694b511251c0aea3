// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

/**
 * The topics of the certifier.
 *
 * @param images where images come from
 * @param predictions where certificates go
 * @param rejected where images go that cannot be certified
 */
public record TopicNames(String images, String predictions, String rejected) {}
