// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The certifier's commands, one a class: each reads its options, calls what does the work, and prints the answer. Only the
 * application knows them.
 */
@NullMarked
package org.catrs.certifier.commands;

import org.jspecify.annotations.NullMarked;
