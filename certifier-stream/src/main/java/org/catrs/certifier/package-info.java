// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The certifier's command line, with its {@code commands} and their {@code options}. The packages below are the stages
 * that an image passes, in this order: {@code intake}, {@code noise}, {@code inference}, {@code counts}, {@code bound},
 * {@code smoothing}, {@code outcome}, {@code topology}; beside them stand the {@code model} that is served, the {@code
 * service} with its {@code configuration}, the {@code client} commands, and the {@code evaluation} of test sets.
 */
@NullMarked
package org.catrs.certifier;

import org.jspecify.annotations.NullMarked;
