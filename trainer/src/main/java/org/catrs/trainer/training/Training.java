// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training;

import java.util.Optional;
import java.util.SortedMap;
import org.catrs.schemas.InvalidDataException;
import org.catrs.trainer.architecture.NetworkSpecification;
import org.catrs.trainer.architecture.Parameters;
import org.catrs.trainer.data.TrainingImages;
import org.catrs.trainer.method.TrainingMethod;
import org.catrs.trainer.method.slice.SliceLoss;
import org.catrs.trainer.noise.RandomStreams;
import org.catrs.trainer.noise.RandomStreams.Purpose;
import org.catrs.trainer.training.TrainingObserver.Wish;
import org.catrs.trainer.training.checkpoint.Checkpoint;
import org.catrs.trainer.training.checkpoint.TrainingFolder;
import org.catrs.trainer.training.checkpoint.TrainingState;
import org.catrs.trainer.training.optimizer.Optimizer;
import org.catrs.trainer.training.recipe.PretrainedNetwork;
import org.catrs.trainer.training.recipe.TrainingRecipe;
import org.catrs.trainer.training.step.SliceSource;
import org.catrs.trainer.training.step.StepGradient;

/** Carries a recipe out, from its beginning or from its last checkpoint. */
public final class Training {
    private final TrainingRecipe recipe;
    private final TrainingMethod method;
    private final NetworkSpecification specification;
    private final TrainingImages images;
    private final RandomStreams streams;
    private final long lastStep;
    private final WeightAverage average;

    /** @throws InvalidDataException when a step takes more images than there are */
    public Training(
            TrainingRecipe recipe, TrainingMethod method, NetworkSpecification specification, TrainingImages images) {
        if (recipe.batch() > images.size()) {
            throw new InvalidDataException(
                    "--batch must be at most the number of images, " + images.size() + ", found " + recipe.batch());
        }
        this.recipe = recipe;
        this.method = method;
        this.specification = specification;
        this.images = images;
        this.streams = new RandomStreams(recipe.seed());
        this.lastStep = recipe.stepsAfter(recipe.epochs(), images.size());
        this.average = new WeightAverage(recipe.optimizer().average(), lastStep);
    }

    /**
     * Trains, and writes a checkpoint and the log at the end of each epoch and when the observer wishes.
     *
     * @param folder where they are
     * @param dataset identity of the data, which a checkpoint must be of
     * @param resume whether to go on from the checkpoint there
     * @return the trained parameters, averaged where the recipe says so; empty when the observer stopped the training
     * @throws InvalidDataException when the checkpoint is not of this recipe and data, or the loss is no longer finite
     */
    public Optional<Parameters> run(TrainingFolder folder, String dataset, boolean resume, TrainingObserver observer) {
        Checkpoint checkpoint = checkpoint(folder, dataset);
        SliceSource source = new SliceSource(recipe, method, images);
        int cores = Runtime.getRuntime().availableProcessors();
        try (StepGradient gradient = new StepGradient(specification, source, cores)) {
            Parameters fresh = gradient.initialParameters(streams.generator(Purpose.INITIAL_PARAMETERS, 0, 0));
            TrainingState state = resume
                    ? checkpoint.read()
                    : TrainingState.initial(
                            begin(fresh),
                            gradient.trainedCount(),
                            recipe.optimizer().averages());
            Parameters trained = new Parameters(fresh.tensors(), state.average());
            folder.writeLog(state.log());
            observer.begin(
                    state.step(),
                    new TrainingCourse(lastStep, recipe.batch(), recipe.epochs(), method.lossNames(), trained));
            Optimizer optimizer = Optimizer.of(recipe.optimizer(), fresh);
            boolean finished = new Run(checkpoint, folder, gradient, optimizer, observer).finish(state);
            observer.end();
            return finished ? Optional.of(trained) : Optional.empty();
        }
    }

    private float[] begin(Parameters fresh) {
        PretrainedNetwork initial = recipe.initial();
        return initial == null
                ? fresh.values()
                : initial.valuesFor(recipe.architecture().toString(), specification, fresh.values().length);
    }

    /**
     * Says why a training cannot go on from the checkpoint in a folder.
     *
     * @param dataset identity of the data, which a checkpoint must be of
     * @return empty when it can
     */
    public Optional<String> problemOfCheckpoint(TrainingFolder folder, String dataset) {
        try {
            checkpoint(folder, dataset).read();
            return Optional.empty();
        } catch (InvalidDataException problem) {
            return Optional.of(String.valueOf(problem.getMessage()));
        }
    }

    private Checkpoint checkpoint(TrainingFolder folder, String dataset) {
        SortedMap<String, String> facts = recipe.facts();
        facts.put("dataset", dataset);
        facts.put(
                Checkpoint.NETWORK,
                Checkpoint.network(recipe.architecture().toString(), specification.input(), specification.classes()));
        facts.putAll(specification.normalization().toMap());
        return new Checkpoint(folder.checkpoint(), facts);
    }

    private static void requireFinite(SliceLoss loss, long step) {
        if (!Double.isFinite(loss.meanLoss())) {
            throw new InvalidDataException("the training diverged: the loss is " + loss.meanLoss() + " at step "
                    + (step + 1) + "; train with a lower --learning-rate");
        }
    }

    /** The steps from one state to the end, or until the observer stops them. */
    private final class Run {
        private final Checkpoint checkpoint;
        private final TrainingFolder folder;
        private final StepGradient step;
        private final Optimizer optimizer;
        private final TrainingObserver observer;
        private final float[] gradient;

        Run(
                Checkpoint checkpoint,
                TrainingFolder folder,
                StepGradient step,
                Optimizer optimizer,
                TrainingObserver observer) {
            this.checkpoint = checkpoint;
            this.folder = folder;
            this.step = step;
            this.optimizer = optimizer;
            this.observer = observer;
            this.gradient = new float[step.trainedCount()];
        }

        /** Whether the end is reached. */
        boolean finish(TrainingState begun) {
            TrainingState state = begun;
            while (state.step() < lastStep) {
                Wish wish = observer.wish();
                if (wish != Wish.GO_ON) {
                    checkpoint.write(state);
                    observer.checkpoint();
                }
                if (wish == Wish.STOP) {
                    return false;
                }
                state = after(state);
                double epoch = Math.min(state.log().size() + 1.0, recipe.epochs());
                if (state.step() >= Math.min(lastStep, recipe.stepsAfter(epoch, images.size()))) {
                    state = state.epochDone(epoch);
                    checkpoint.write(state);
                    folder.writeLog(state.log());
                    observer.checkpoint();
                    observer.epoch(state.log().get(state.log().size() - 1));
                }
            }
            return true;
        }

        private TrainingState after(TrainingState state) {
            long began = System.nanoTime();
            long number = state.step();
            SliceLoss loss = step.compute(number, state.values(), gradient);
            requireFinite(loss, number);
            double rate = recipe.optimizer().learningRate(number, lastStep);
            optimizer.step(state.values(), state.velocity(), gradient, rate);
            if (recipe.optimizer().averages()) {
                average.add(state.average(), state.values(), number + 1);
            }
            observer.step(number + 1, loss);
            return state.after((System.nanoTime() - began) / 1e9, step.takeWaitedSeconds(), rate, loss);
        }
    }
}
