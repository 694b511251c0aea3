// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Runs catrs on one machine: a single-node broker, and the demo that chains the commands. Everything that is started
 * here is a child process that ends with its parent; nothing here is needed by a service.
 */
@NullMarked
package org.catrs.local;

import org.jspecify.annotations.NullMarked;
