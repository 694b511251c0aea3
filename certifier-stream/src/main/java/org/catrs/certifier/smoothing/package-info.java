// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The smoothed classifier of a base classifier: CERTIFY and PREDICT of Cohen, Rosenfeld and Kolter, ICML 2019, and
 * what they answer. It knows neither Kafka nor ONNX Runtime.
 *
 * <p>Inside, an image's samples pass {@code noise}, {@code counts} and {@code bound}, in this order; the classifier
 * between noise and counts comes from outside, as a {@link org.catrs.certifier.smoothing.BaseClassifier}. First door;
 * next: {@code network}.
 */
@NullMarked
package org.catrs.certifier.smoothing;

import org.jspecify.annotations.NullMarked;
