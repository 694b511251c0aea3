// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training;

import java.util.SortedMap;
import org.catrs.schemas.InvalidDataException;
import org.catrs.trainer.architecture.NetworkSpecification;
import org.catrs.trainer.architecture.Parameters;
import org.catrs.trainer.data.ImageOrder;
import org.catrs.trainer.data.TrainingImages;
import org.catrs.trainer.method.SliceLoss;
import org.catrs.trainer.method.TrainingMethod;
import org.catrs.trainer.noise.RandomStreams;
import org.catrs.trainer.noise.RandomStreams.Purpose;

/** Carries a plan out, from its beginning or from its last checkpoint. */
public final class Training {
    private final TrainingPlan plan;
    private final TrainingMethod method;
    private final NetworkSpecification specification;
    private final TrainingImages images;
    private final RandomStreams streams;
    private final ImageOrder order;
    private final long lastStep;

    /** @throws InvalidDataException when a step takes more images than there are */
    public Training(
            TrainingPlan plan, TrainingMethod method, NetworkSpecification specification, TrainingImages images) {
        if (plan.batch() > images.size()) {
            throw new InvalidDataException(
                    "--batch must be at most the number of images, " + images.size() + ", found " + plan.batch());
        }
        this.plan = plan;
        this.method = method;
        this.specification = specification;
        this.images = images;
        this.streams = new RandomStreams(plan.seed());
        this.order = new ImageOrder(images.size(), streams);
        this.lastStep = plan.stepsAfter(plan.epochs(), images.size());
    }

    /**
     * Trains, and writes a checkpoint and the log at the end of each epoch.
     *
     * @param folder where they are
     * @param dataset identity of the data, which a checkpoint must be of
     * @param resume whether to go on from the checkpoint there
     * @throws InvalidDataException when the checkpoint is not of this plan and data, or the loss is no longer finite
     */
    public Parameters run(TrainingFolder folder, String dataset, boolean resume) {
        SortedMap<String, String> facts = plan.facts();
        facts.put("dataset", dataset);
        Checkpoint checkpoint = new Checkpoint(folder.checkpoint(), facts);
        SliceSource source = new SliceSource(images, method, plan.sigma(), streams);
        int cores = Runtime.getRuntime().availableProcessors();
        try (StepGradient gradient = new StepGradient(specification, source, plan.batch(), cores);
                StepLock lock = new StepLock()) {
            Parameters parameters = gradient.initialParameters(streams.generator(Purpose.INITIAL_PARAMETERS, 0, 0));
            TrainingState state = resume ? checkpoint.read() : TrainingState.initial(parameters.values());
            folder.writeLog(state.log());
            try (ProgressNote progress = new ProgressNote(state.step(), lastStep, plan.batch())) {
                while (state.step() < lastStep) {
                    state = epoch(state, gradient, lock, progress);
                    checkpoint.write(state);
                    folder.writeLog(state.log());
                }
            }
            return new Parameters(parameters.tensors(), state.values());
        }
    }

    private TrainingState epoch(TrainingState state, StepGradient step, StepLock lock, ProgressNote progress) {
        double epoch = Math.min(state.log().size() + 1.0, plan.epochs());
        long end = Math.min(lastStep, plan.stepsAfter(epoch, images.size()));
        Sgd sgd = new Sgd(plan.sgd());
        float[] gradient = new float[state.values().length];
        SliceLoss sum = SliceLoss.NONE;
        double rate = 0;
        long began = System.nanoTime();
        for (long i = state.step(); i < end; i++) {
            lock.begin();
            SliceLoss loss;
            try {
                loss = step.compute(i, order.batch(i, plan.batch()), state.values(), gradient);
            } finally {
                lock.end();
            }
            requireFinite(loss, i);
            rate = plan.sgd().learningRate(i, lastStep);
            sgd.step(state.values(), state.velocity(), gradient, rate);
            sum = sum.plus(loss);
            progress.update(i + 1, loss);
        }
        return state.after(end, new EpochRow(epoch, (System.nanoTime() - began) / 1e9, rate, sum));
    }

    private static void requireFinite(SliceLoss loss, long step) {
        if (!Double.isFinite(loss.meanLoss())) {
            throw new InvalidDataException("the training diverged: the loss is " + loss.meanLoss() + " at step "
                    + (step + 1) + "; train with a lower --learning-rate");
        }
    }
}
