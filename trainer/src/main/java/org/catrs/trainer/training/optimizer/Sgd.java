// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training.optimizer;

/** Stochastic gradient descent with momentum, in PyTorch's form: the velocity sums gradients, not steps. */
final class Sgd implements Optimizer {
    private final float momentum;
    private final float weightDecay;
    private final boolean nesterov;

    Sgd(OptimizerRecipe parameters) {
        this.momentum = (float) parameters.momentum();
        this.weightDecay = (float) parameters.weightDecay();
        this.nesterov = parameters.nesterov();
    }

    @Override
    public void step(float[] values, float[] velocity, float[] gradient, double learningRate) {
        float rate = (float) learningRate;
        for (int i = 0; i < gradient.length; i++) {
            float decayed = gradient[i] + weightDecay * values[i];
            velocity[i] = momentum * velocity[i] + decayed;
            values[i] -= rate * (nesterov ? decayed + momentum * velocity[i] : velocity[i]);
        }
    }
}
