// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.task;

import org.catrs.schemas.dataset.Dataset;
import org.catrs.trainer.architecture.NetworkSpecification;
import org.catrs.trainer.data.TrainingImages;
import org.catrs.trainer.export.ModelExport;
import org.catrs.trainer.method.TrainingMethod;
import org.catrs.trainer.training.Training;
import org.catrs.trainer.training.TrainingPlan;

/**
 * A model to be trained.
 *
 * @param name name of the model
 * @param plan how it is trained
 * @param dataset what it is trained on
 */
public record TrainingTask(String name, TrainingPlan plan, TrainingMethod method, Dataset dataset) {
    /**
     * The training.
     *
     * @param images the data set's images
     */
    public Training training(TrainingImages images) {
        return new Training(plan, method, specification(images), images);
    }

    /**
     * What writes the trained model.
     *
     * @param images the data set's images
     */
    public ModelExport export(TrainingImages images) {
        return new ModelExport(name, plan, specification(images), images);
    }

    private NetworkSpecification specification(TrainingImages images) {
        return plan.architecture()
                .specification(
                        dataset.shape(),
                        dataset.classNames().size(),
                        plan.normalisation().of(images));
    }
}
