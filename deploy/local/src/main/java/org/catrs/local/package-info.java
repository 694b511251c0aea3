// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Runs catrs on one machine: a single-node broker in {@code broker}, the demo that chains the commands in {@code demo},
 * and the paper's tables in {@code reproduce}. Everything that they start is a child process that ends with its parent,
 * which {@code process} sees to; nothing here is needed by a service.
 */
@NullMarked
package org.catrs.local;

import org.jspecify.annotations.NullMarked;
