// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * What became of the images of each model, minute by minute, and whether answers are still those of a baseline: a topology
 * of its own, which reads the answers, so that it is exactly once and independent of the partitions of {@code images}.
 *
 * <p>Part of {@code stream}. Previous: the topics of answers. Next: the topics {@code certification-rates} and
 * {@code shift-events}.
 */
@NullMarked
package org.catrs.certifier.stream.rates;

import org.jspecify.annotations.NullMarked;
