// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Plots of evaluations and of trainings; no other package knows XChart or Batik.
 *
 * <p>Part of {@code evaluation}. Previous: {@code summary}. Next: {@code report}.
 */
@NullMarked
package org.catrs.certifier.evaluation.charts;

import org.jspecify.annotations.NullMarked;
