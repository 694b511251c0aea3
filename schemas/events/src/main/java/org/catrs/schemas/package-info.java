// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * What every part of catrs shares: the error that is a user's to mend, and SHA-256.
 */
@NullMarked
package org.catrs.schemas;

import org.jspecify.annotations.NullMarked;
