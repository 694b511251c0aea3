// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Options that several commands have in common, with what they make of them: brokers, images, the model and how it
 * certifies.
 *
 * <p>Part of {@code cli}. Previous: {@code client}. Next: the commands.
 */
@NullMarked
package org.catrs.certifier.cli.options;

import org.jspecify.annotations.NullMarked;
