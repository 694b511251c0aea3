// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.task;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.catrs.trainer.architecture.NetworkSpecification;
import org.catrs.trainer.data.TrainingImages;
import org.catrs.trainer.method.MethodKind;
import org.catrs.trainer.method.Preparation;
import org.catrs.trainer.method.TrainingMethod;
import org.catrs.trainer.noise.RandomStreams;
import org.catrs.trainer.training.Training;
import org.catrs.trainer.training.TrainingObserver;
import org.catrs.trainer.training.checkpoint.TrainingFolder;
import org.catrs.trainer.training.recipe.TrainingRecipe;

/**
 * Trains a network and counts its votes in a folder within that of the training they are for, where both go on after an
 * interruption.
 *
 * @param recipe of the training that they are for
 * @param noises noises for each image in that training, M
 * @param dataset identity of the data
 */
record VotePreparation(
        TrainingRecipe recipe,
        int noises,
        NetworkSpecification specification,
        TrainingImages images,
        String dataset,
        TrainingFolder folder,
        TrainingObserver observer)
        implements Preparation {
    @Override
    public Optional<float[][]> votes(MethodKind kind, double sigma, int votes) {
        TrainingMethod method = kind.create(Map.of(), recipe.epochs());
        int batch = Math.min(images.size(), Math.max(1, recipe.batch() * noises / method.noises()));
        TrainingRecipe first = recipe.withMethod(kind.toString(), method.hyperparameters(), sigma, batch);
        Path path = folder.preparation();
        boolean resume = Files.exists(path.resolve(TrainingFolder.CHECKPOINT));
        return new Training(first, method, specification, images)
                .run(TrainingFolder.open(path, resume), dataset, resume, new StageObserver(observer))
                .flatMap(parameters -> new DatasetVotes(
                                specification, images, sigma, votes, new RandomStreams(recipe.seed()))
                        .count(parameters, path.resolve(TrainingFolder.VOTES), dataset, this::stopping));
    }

    private boolean stopping() {
        return observer.wish() == TrainingObserver.Wish.STOP;
    }
}
