// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Looks for images that would contradict a certificate, to show how far they stay from doing so. It sees of a
 * classifier what everybody sees: its votes.
 *
 * <p>Previous door: {@code network}. Next: {@code stream}.
 */
@NullMarked
package org.catrs.certifier.adversary;

import org.jspecify.annotations.NullMarked;
