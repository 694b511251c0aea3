// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * How a gradient becomes a step: stochastic gradient descent and Muon, and the schedule of their learning rate.
 */
@NullMarked
package org.catrs.trainer.training.optimizer;

import org.jspecify.annotations.NullMarked;
