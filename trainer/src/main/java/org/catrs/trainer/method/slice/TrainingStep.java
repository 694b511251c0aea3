// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method.slice;

/**
 * The optimizer step that a slice is a part of.
 *
 * @param epoch passes over the data that are done before it, at least 0
 * @param images number of its images, which its loss is the mean over
 */
public record TrainingStep(double epoch, int images) {}
