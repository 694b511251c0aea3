// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training;

import org.catrs.trainer.architecture.Parameters;
import org.catrs.trainer.method.slice.LossNames;

/**
 * A training as its observers see it.
 *
 * @param lastStep steps of the whole training
 * @param batch images of a step
 * @param epochs passes over the data of the whole training; may be fractional
 * @param losses names of the method's losses
 * @param parameters that are trained; each step changes their values
 */
public record TrainingCourse(long lastStep, int batch, double epochs, LossNames losses, Parameters parameters) {}
