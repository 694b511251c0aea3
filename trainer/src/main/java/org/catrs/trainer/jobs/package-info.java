// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The trainer as a service: takes jobs from a topic, trains one at a time, keeps checkpoints and models in a store, and
 * says what becomes of each job. This package alone knows Kafka.
 */
@NullMarked
package org.catrs.trainer.jobs;

import org.jspecify.annotations.NullMarked;
