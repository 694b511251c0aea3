// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.architecture.broken.trainer.cli;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KeyValue;

/** A trainer that reads a topic, and by Kafka Streams at that. */
public record TrainerThatKnowsKafka(TopicPartition partition, KeyValue<String, String> job) {}
