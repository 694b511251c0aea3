// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * How a program talks to a terminal: the way a command line runs, its errors and exit codes, its version, the options
 * that name a data set, pages of the documentation, and progress.
 */
@NullMarked
package org.catrs.program.terminal;

import org.jspecify.annotations.NullMarked;
