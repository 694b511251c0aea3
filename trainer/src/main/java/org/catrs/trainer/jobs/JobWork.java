// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import java.time.Duration;
import java.util.function.Function;
import org.catrs.schemas.event.TrainingJob;
import org.catrs.schemas.signature.SigningKey;
import org.catrs.schemas.store.ModelStore;

/**
 * What the work at any job needs.
 *
 * @param orders says what a job orders; throws an {@link org.catrs.schemas.InvalidDataException} when that is impossible
 * @param store of models and checkpoints
 * @param key signs models
 * @param checkpointInterval longest time between two checkpoints
 * @param maxAttempts how often a job may be begun from one checkpoint
 * @param estimateImages held-out images for the estimate of certified accuracy
 * @param estimateSamples noisy copies of each of them
 */
record JobWork(
        Function<TrainingJob, OrderedTraining> orders,
        ModelStore store,
        SigningKey key,
        Duration checkpointInterval,
        int maxAttempts,
        int estimateImages,
        int estimateSamples,
        TrainerMeters meters) {}
