// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * What evaluation files say in numbers: average certified radius, certified accuracy, abstention rate, each with its
 * standard error.
 *
 * <p>Part of {@code evaluation}. Previous: {@code rows}. Next: {@code charts}.
 */
@NullMarked
package org.catrs.certifier.evaluation.summary;

import org.jspecify.annotations.NullMarked;
