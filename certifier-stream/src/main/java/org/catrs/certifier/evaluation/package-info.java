// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The standard protocol over a test set: evaluation files of one row per image, summaries of them, tables and plots.
 * Beside the stream, which goes intake, noise, inference, counts, bound, smoothing, outcome, topology: evaluation calls
 * on smoothing as topology does, and nothing follows it.
 */
@NullMarked
package org.catrs.certifier.evaluation;

import org.jspecify.annotations.NullMarked;
