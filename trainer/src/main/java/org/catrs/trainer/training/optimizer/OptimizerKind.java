// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training.optimizer;

import java.util.Locale;

/** How a gradient becomes a step; a command line names it in lower case. */
public enum OptimizerKind {
    /** Stochastic gradient descent with momentum, as in the papers. */
    SGD,
    /** Momentum whose matrices are made orthogonal; Jordan et al., Muon (2024). */
    MUON;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
