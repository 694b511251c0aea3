// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.local.demo;

import org.jspecify.annotations.Nullable;

/**
 * What the demo does.
 *
 * @param model a trained model's folder, or the name of one that comes with catrs; null to train one
 * @param method how the model is trained
 * @param sigma standard deviation of the noise, in training and in certification, in units of pixels scaled to [0, 1]
 * @param epochs times that training goes through the training images
 * @param images number of test images that are certified
 * @param n noise samples for each certificate
 */
record DemoPlan(DemoData data, @Nullable String model, String method, double sigma, double epochs, int images, long n) {
    DemoPlan {
        images = Math.min(images, data.testImages());
    }

    /** Distance between the test images that are sent, so that they are spread over the whole test set. */
    int stride() {
        return data.testImages() / images;
    }
}
