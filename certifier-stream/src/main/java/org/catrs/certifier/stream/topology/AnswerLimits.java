// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

/**
 * How large a batch of records may be that is sent, in bytes.
 *
 * @param prediction to the topic of predictions
 * @param rejected to the topic of rejected images
 */
public record AnswerLimits(int prediction, int rejected) {}
