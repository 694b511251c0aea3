// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The trainer's commands and their options. Only the program itself knows them.
 */
@NullMarked
package org.catrs.trainer.cli;

import org.jspecify.annotations.NullMarked;
