// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Tells whether answers are still those of a baseline: sequential tests of abstentions, labels and radii, updated with
 * each answer, with one error probability over the whole life of the baseline. Knows no Kafka.
 *
 * <p>Part of {@code stream.rates}. Previous: the bounds of {@code smoothing}. Next: {@code rates}, which feeds it.
 */
@NullMarked
package org.catrs.certifier.stream.rates.shift;

import org.jspecify.annotations.NullMarked;
