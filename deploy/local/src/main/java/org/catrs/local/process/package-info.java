// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Programs that this process starts and that end with it: child processes, the start script {@code deploy/catrs} by which
 * every command is run, and the ports on which they listen. It knows nothing of what they do.
 */
@NullMarked
package org.catrs.local.process;

import org.jspecify.annotations.NullMarked;
