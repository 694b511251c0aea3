// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Tables and plots of evaluations side by side: with each other, with published files, with the paper's tables.
 *
 * <p>Part of {@code evaluation}, and its last. Previous: {@code charts}. Next door: {@code audit}.
 */
@NullMarked
package org.catrs.certifier.evaluation.report;

import org.jspecify.annotations.NullMarked;
