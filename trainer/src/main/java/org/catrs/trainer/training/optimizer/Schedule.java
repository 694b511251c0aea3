// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training.optimizer;

import java.util.Locale;

/** How the learning rate changes in the course of a training; a command line names it in lower case with a hyphen. */
public enum Schedule {
    /** A tenth after each third: the protocol of the papers, 150 epochs with drops after 50 and 100. */
    STEP {
        @Override
        double factor(double progress) {
            return Math.pow(0.1, Math.floor(3 * progress));
        }
    },
    /**
     * Up from a 25th to the full rate in the first fifth, then down towards zero, both along a cosine; Smith and Topin,
     * Super-Convergence (2019).
     */
    ONE_CYCLE {
        @Override
        double factor(double progress) {
            if (progress < WARM_UP) {
                return START + (1 - START) * rising(progress / WARM_UP);
            }
            return 1 - rising((progress - WARM_UP) / (1 - WARM_UP));
        }
    };

    private static final double WARM_UP = 0.2;
    private static final double START = 1 / 25.0;

    /**
     * What the learning rate is multiplied by.
     *
     * @param progress share of the training's steps that are done, in [0, 1)
     */
    abstract double factor(double progress);

    private static double rising(double progress) {
        return (1 - Math.cos(Math.PI * progress)) / 2;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
