// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The certifier's commands, one a class: each reads its options, calls what does the work, and prints the answer. Only
 * the program itself knows them.
 *
 * <p>Last door; previous: {@code audit}. Its {@code options} are what commands have in common, its {@code client} what
 * they send to and read from topics.
 */
@NullMarked
package org.catrs.certifier.cli;

import org.jspecify.annotations.NullMarked;
