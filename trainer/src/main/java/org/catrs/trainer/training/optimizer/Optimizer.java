// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training.optimizer;

import org.catrs.trainer.architecture.Parameters;

/** Moves parameters by a gradient. */
public sealed interface Optimizer permits Muon, Sgd {
    /**
     * One step.
     *
     * @param values the network's parameters, of which the first, as many as the gradient has, are updated
     * @param velocity the momentum's memory, updated
     * @param gradient of the loss by the parameters
     */
    void step(float[] values, float[] velocity, float[] gradient, double learningRate);

    /** The optimizer of some parameters. */
    static Optimizer of(OptimizerRecipe recipe, Parameters parameters) {
        return switch (recipe.kind()) {
            case SGD -> new Sgd(recipe);
            case MUON -> new Muon(recipe, parameters.matrices());
        };
    }
}
