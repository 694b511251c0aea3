// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.architecture.broken.events;

import org.apache.kafka.common.TopicPartition;
import org.catrs.trainer.TrainerApplication;

/** A schema that reaches into a service. */
public record SchemaThatKnowsTheTrainer(TrainerApplication trainer, TopicPartition partition) {}
