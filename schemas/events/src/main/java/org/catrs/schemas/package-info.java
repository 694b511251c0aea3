// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * What every part of catrs shares: the error that is a user's to mend, SHA-256, named threads, and the closing of what
 * was opened for nothing.
 */
@NullMarked
package org.catrs.schemas;

import org.jspecify.annotations.NullMarked;
