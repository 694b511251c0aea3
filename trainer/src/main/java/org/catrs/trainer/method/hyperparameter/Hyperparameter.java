// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method.hyperparameter;

import org.catrs.program.option.Range;
import org.catrs.schemas.InvalidDataException;

/**
 * Something that a method is set up with, under the same name on a command line, in a preset and in a manifest.
 *
 * @param name name without dashes
 * @param label what stands for its value in a help text
 * @param meaning what it is
 * @param standard its value when none is given
 * @param inEpochs whether it is a number of epochs, which follows a training's own number: the standard value is meant
 *     for {@value Hyperparameter#STANDARD_EPOCHS}
 */
public record Hyperparameter<T>(
        String name, String label, String meaning, Range<T> range, T standard, boolean inEpochs) {
    /** Epochs of a training in the paper. */
    public static final int STANDARD_EPOCHS = 150;

    /** Noises of an image, M. */
    public static final Hyperparameter<Integer> NOISES =
            new Hyperparameter<>("noises", "M", "noises for each image of a step, M", Range.wholeFrom(1), 1);

    /** The weight of what a method adds to the loss on plain noise. */
    public static final Hyperparameter<Double> LAMBDA = new Hyperparameter<>(
            "lambda", "WEIGHT", "weight of the method's own loss, lambda", Range.numberFrom(0), 1.0);

    /** The weight of the entropy in consistency regularization, of the mixtures in SmoothMix. */
    public static final Hyperparameter<Double> ETA = new Hyperparameter<>(
            "eta", "WEIGHT", "weight of the entropy or of the mixtures, eta", Range.numberFrom(0), 0.5);

    /** Radius of an attack. */
    public static final Hyperparameter<Double> EPSILON = new Hyperparameter<>(
            "epsilon",
            "RADIUS",
            "L2 radius in which the attack searches, in units of pixels scaled to [0, 1]",
            Range.numberAboveZero(),
            1.0);

    /** Steps of an attack. */
    public static final Hyperparameter<Integer> PGD_STEPS =
            new Hyperparameter<>("pgd-steps", "T", "steps of the attack, T", Range.wholeFrom(1), 4);

    /** Length of a warm-up. */
    public static final Hyperparameter<Double> WARM_UP = new Hyperparameter<>(
            "warm-up",
            "EPOCHS",
            "epochs in which the method's own loss comes in, from 0",
            Range.numberFrom(0),
            10.0,
            true);

    /** One that is no number of epochs. */
    public Hyperparameter(String name, String label, String meaning, Range<T> range, T standard) {
        this(name, label, meaning, range, standard, false);
    }

    /** The same with another standard value. */
    public Hyperparameter<T> of(T otherStandard) {
        return new Hyperparameter<>(name, label, meaning, range, otherStandard, inEpochs);
    }

    /**
     * Reads a value.
     *
     * @throws InvalidDataException when it is out of the range
     */
    T parse(String text) {
        return range.read(text)
                .orElseThrow(
                        () -> new InvalidDataException("--" + name + " must be " + range.text() + ", found " + text));
    }

    /** The value for a training of so many epochs when none is given. */
    T standardFor(double epochs) {
        return inEpochs ? parse(Double.toString((Double) standard * epochs / STANDARD_EPOCHS)) : standard;
    }
}
