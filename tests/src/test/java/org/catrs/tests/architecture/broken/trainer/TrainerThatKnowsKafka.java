// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.architecture.broken.trainer;

import org.apache.kafka.common.TopicPartition;

/** A trainer that reads a topic. */
public record TrainerThatKnowsKafka(TopicPartition partition) {}
