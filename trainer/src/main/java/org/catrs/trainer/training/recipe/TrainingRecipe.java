// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training.recipe;

import java.util.SortedMap;
import java.util.TreeMap;
import org.catrs.program.option.OptionRange;
import org.catrs.schemas.InvalidDataException;
import org.catrs.trainer.architecture.Architecture;
import org.catrs.trainer.architecture.NetworkSpecification;
import org.catrs.trainer.data.Augmentation;
import org.catrs.trainer.data.TrainingImages;
import org.catrs.trainer.training.checkpoint.Checkpoint;
import org.catrs.trainer.training.optimizer.OptimizerKind;
import org.catrs.trainer.training.optimizer.OptimizerRecipe;
import org.jspecify.annotations.Nullable;

/**
 * What is to be trained, and how: all that decides, with the data, what the weights will be.
 *
 * @param normalization where its first layer's means and deviations come from
 * @param augmentation how images are varied
 * @param method name of the method
 * @param methodHyperparameters its hyperparameters, by name
 * @param sigma standard deviation of the noise, in units of pixels scaled to [0, 1]
 * @param epochs passes over the data, above 0; may be fractional
 * @param batch images of one optimizer step, each of which the method sees with all its noises
 * @param slice most noisy copies that are computed together, at least 1: what batch normalizations take their
 *     statistics over
 * @param seed of every random draw
 * @param initial parameters to begin with; null for fresh ones. The network then keeps its first layer, whatever the
 *     normalization
 */
public record TrainingRecipe(
        Architecture architecture,
        InputNormalization normalization,
        Augmentation augmentation,
        String method,
        SortedMap<String, String> methodHyperparameters,
        double sigma,
        double epochs,
        int batch,
        int slice,
        OptimizerRecipe optimizer,
        long seed,
        @Nullable PretrainedNetwork initial) {
    /** @throws InvalidDataException when a value is out of its range */
    public TrainingRecipe {
        OptionRange.require(sigma >= 0 && sigma < Double.POSITIVE_INFINITY, "--sigma", "at least 0", sigma);
        OptionRange.require(epochs > 0 && epochs < 1e6, "--epochs", "above 0", epochs);
        OptionRange.require(batch >= 1, "--batch", "at least 1", batch);
        OptionRange.require(slice >= 1, "--slice", "at least 1", slice);
        methodHyperparameters = new TreeMap<>(methodHyperparameters);
    }

    /** The same for another method, noise and number of images in a step. */
    public TrainingRecipe withMethod(
            String otherMethod, SortedMap<String, String> otherHyperparameters, double otherSigma, int otherBatch) {
        return new TrainingRecipe(
                architecture,
                normalization,
                augmentation,
                otherMethod,
                otherHyperparameters,
                otherSigma,
                epochs,
                otherBatch,
                slice,
                optimizer,
                seed,
                initial);
    }

    /** The same recipe, that begins with the parameters of a trained network. */
    public TrainingRecipe beginningWith(PretrainedNetwork parameters) {
        return new TrainingRecipe(
                architecture,
                normalization,
                augmentation,
                method,
                methodHyperparameters,
                sigma,
                epochs,
                batch,
                slice,
                optimizer,
                seed,
                parameters);
    }

    /**
     * The network for images of a data set.
     *
     * @throws InvalidDataException when they are too small, or cannot be normalized as the recipe says
     */
    public NetworkSpecification network(TrainingImages images) {
        return architecture.specification(
                images.shape(),
                images.classNames().size(),
                initial == null ? normalization.of(images) : initial.normalization());
    }

    /** All hyperparameters, by their names on the command line. */
    public SortedMap<String, String> hyperparameters() {
        SortedMap<String, String> map = new TreeMap<>(methodHyperparameters);
        map.put("normalization", initial == null ? normalization.toString() : "initial");
        map.put("crop-padding", Integer.toString(augmentation.cropPadding()));
        map.put("flip", Boolean.toString(augmentation.flip()));
        map.put("batch", Integer.toString(batch));
        map.put("slice", Integer.toString(slice));
        map.put("init-from", initial == null ? "none" : initial.version());
        map.put("learning-rate", Double.toString(optimizer.learningRate()));
        map.put("schedule", optimizer.schedule().toString());
        map.put("momentum", Double.toString(optimizer.momentum()));
        map.put("nesterov", Boolean.toString(optimizer.nesterov()));
        map.put("weight-decay", Double.toString(optimizer.weightDecay()));
        if (optimizer.kind() != OptimizerKind.SGD) { // as with averages
            map.put("optimizer", optimizer.kind().toString());
        }
        if (optimizer.averages()) { // else what was trained before there were averages would have another file
            map.put(Checkpoint.AVERAGE, Double.toString(optimizer.average()));
        }
        return map;
    }

    /** Everything, by name; two recipes are equal when these are. */
    public SortedMap<String, String> facts() {
        SortedMap<String, String> map = hyperparameters();
        map.put("arch", architecture.toString());
        map.put("method", method);
        map.put("sigma", Double.toString(sigma));
        map.put("epochs", Double.toString(epochs));
        map.put("seed", Long.toString(seed));
        return map;
    }

    /**
     * Number of optimizer steps after a number of epochs.
     *
     * @param images number of images in the data set
     */
    public long stepsAfter(double epochs, int images) {
        return Math.max(1, Math.round(epochs * images / batch));
    }
}
