// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method;

import java.util.Optional;

/** What a method can have done before its own training, on the same images. */
@FunctionalInterface
public interface Preparation {
    /**
     * Trains another network, and lets it vote on every image under noise.
     *
     * @param method by which it is trained
     * @param sigma standard deviation of the noise, of its training and of the votes
     * @param votes number of noises for each image
     * @return for each image of the data set the share of the votes that each class has; empty when it was stopped
     */
    Optional<float[][]> votes(MethodKind method, double sigma, int votes);
}
