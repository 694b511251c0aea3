// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.event;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An order to train a model.
 *
 * @param id id of the job, also the key of the record
 * @param model name of the model to release
 * @param dataset the data set to train on, such as {@code mnist}
 * @param preset name of the set of hyperparameters to begin with; null for the defaults
 * @param hyperparameters options of the train command by name, without dashes; they override the preset
 */
public record TrainingJob(
        String id, String model, String dataset, @Nullable String preset, Map<String, String> hyperparameters)
        implements Event {
    /** @throws IllegalArgumentException when id, model or data set is blank */
    public TrainingJob {
        Checks.checkFilled(id, "id");
        Checks.checkFilled(model, "model");
        Checks.checkFilled(dataset, "dataset");
        hyperparameters = Map.copyOf(hyperparameters);
    }
}
