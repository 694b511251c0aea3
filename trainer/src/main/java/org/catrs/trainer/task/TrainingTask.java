// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.task;

import java.util.Optional;
import org.catrs.schemas.dataset.Dataset;
import org.catrs.trainer.architecture.Parameters;
import org.catrs.trainer.data.TrainingImages;
import org.catrs.trainer.export.ModelExport;
import org.catrs.trainer.method.Preparation;
import org.catrs.trainer.method.TrainingMethod;
import org.catrs.trainer.training.Training;
import org.catrs.trainer.training.TrainingObserver;
import org.catrs.trainer.training.checkpoint.TrainingFolder;
import org.catrs.trainer.training.recipe.TrainingRecipe;

/**
 * A model to be trained.
 *
 * @param name name of the model
 * @param recipe how it is trained
 * @param dataset what it is trained on
 */
public record TrainingTask(String name, TrainingRecipe recipe, TrainingMethod method, Dataset dataset) {
    /**
     * Does what the method needs first, and trains.
     *
     * @param images the data set's images
     * @param folder where checkpoints and logs are
     * @param resume whether to go on from what is there
     * @return the trained parameters; empty when the observer stopped it
     * @throws org.catrs.schemas.InvalidDataException when what is there is of another recipe or other data, or the loss is
     *     no longer finite
     */
    public Optional<Parameters> run(
            TrainingImages images, TrainingFolder folder, boolean resume, TrainingObserver observer) {
        Preparation preparation = new VotePreparation(
                recipe, method.noises(), recipe.network(images), images, images.sha256(), folder, observer);
        return method.prepared(preparation)
                .flatMap(ready -> new Training(recipe, ready, recipe.network(images), images)
                        .run(folder, images.sha256(), resume && folder.hasCheckpoint(), observer));
    }

    /**
     * The training itself, without what its method needs first.
     *
     * @param images the data set's images
     */
    public Training training(TrainingImages images) {
        return new Training(recipe, method, recipe.network(images), images);
    }

    /**
     * What writes the trained model.
     *
     * @param images the data set's images
     */
    public ModelExport export(TrainingImages images) {
        return new ModelExport(name, recipe, recipe.network(images), images);
    }
}
