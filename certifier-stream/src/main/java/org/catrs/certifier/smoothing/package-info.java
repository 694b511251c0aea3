// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The smoothed classifier of a base classifier: CERTIFY and PREDICT of Cohen, Rosenfeld and Kolter, ICML 2019, and what
 * they answer. It knows neither the stream nor the engine.
 *
 * <p>Previous stage: {@code bound}. Next stage: {@code outcome}.
 */
@NullMarked
package org.catrs.certifier.smoothing;

import org.jspecify.annotations.NullMarked;
