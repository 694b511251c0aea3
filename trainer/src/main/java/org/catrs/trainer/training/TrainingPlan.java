// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training;

import java.util.SortedMap;
import java.util.TreeMap;
import org.catrs.schemas.InvalidDataException;
import org.catrs.trainer.architecture.Architecture;
import org.catrs.trainer.data.Augmentation;
import org.catrs.trainer.option.OptionRange;

/**
 * What is to be trained, and how: all that decides, with the data, what the weights will be.
 *
 * @param normalisation where its first layer's means and deviations come from
 * @param augmentation how images are varied
 * @param method name of the method
 * @param methodParameters its hyperparameters, by name
 * @param sigma standard deviation of the noise, in units of pixels scaled to [0, 1]
 * @param epochs passes over the data, above 0; may be fractional
 * @param batch images of one optimiser step, each of which the method sees with all its noises
 * @param slice most noisy copies that are computed together, at least 1: what batch normalisations take their
 *     statistics over
 * @param seed of every random draw
 */
public record TrainingPlan(
        Architecture architecture,
        InputNormalisation normalisation,
        Augmentation augmentation,
        String method,
        SortedMap<String, String> methodParameters,
        double sigma,
        double epochs,
        int batch,
        int slice,
        SgdParameters sgd,
        long seed) {
    /** @throws InvalidDataException when a value is out of its range */
    public TrainingPlan {
        OptionRange.require(sigma >= 0 && sigma < Double.POSITIVE_INFINITY, "--sigma", "at least 0", sigma);
        OptionRange.require(epochs > 0 && epochs < 1e6, "--epochs", "above 0", epochs);
        OptionRange.require(batch >= 1, "--batch", "at least 1", batch);
        OptionRange.require(slice >= 1, "--slice", "at least 1", slice);
        methodParameters = new TreeMap<>(methodParameters);
    }

    /** The same for another method, noise and number of images in a step. */
    public TrainingPlan withMethod(
            String otherMethod, SortedMap<String, String> otherParameters, double otherSigma, int otherBatch) {
        return new TrainingPlan(
                architecture,
                normalisation,
                augmentation,
                otherMethod,
                otherParameters,
                otherSigma,
                epochs,
                otherBatch,
                slice,
                sgd,
                seed);
    }

    /** All hyperparameters, by their names on the command line. */
    public SortedMap<String, String> hyperparameters() {
        SortedMap<String, String> map = new TreeMap<>(methodParameters);
        map.put("normalisation", normalisation.toString());
        map.put("crop-padding", Integer.toString(augmentation.cropPadding()));
        map.put("flip", Boolean.toString(augmentation.flip()));
        map.put("batch", Integer.toString(batch));
        map.put("slice", Integer.toString(slice));
        map.put("learning-rate", Double.toString(sgd.learningRate()));
        map.put("schedule", sgd.schedule().toString());
        map.put("momentum", Double.toString(sgd.momentum()));
        map.put("nesterov", Boolean.toString(sgd.nesterov()));
        map.put("weight-decay", Double.toString(sgd.weightDecay()));
        return map;
    }

    /** Everything, by name; two plans are equal when these are. */
    SortedMap<String, String> facts() {
        SortedMap<String, String> map = hyperparameters();
        map.put("arch", architecture.toString());
        map.put("method", method);
        map.put("sigma", Double.toString(sigma));
        map.put("epochs", Double.toString(epochs));
        map.put("seed", Long.toString(seed));
        return map;
    }

    /**
     * Number of optimiser steps after a number of epochs.
     *
     * @param images number of images in the data set
     */
    long stepsAfter(double epochs, int images) {
        return Math.max(1, Math.round(epochs * images / batch));
    }
}
