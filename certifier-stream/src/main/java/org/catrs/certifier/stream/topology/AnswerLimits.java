// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

/**
 * What the topics of answers take.
 *
 * @param predictions the topic of predictions
 * @param rejected the topic of rejected images
 */
public record AnswerLimits(TopicLimits predictions, TopicLimits rejected) {}
