// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The command lines around the stream: {@code publish} sends images, {@code watch} reads what became of them, {@code
 * models} sends releases and reads what became of these.
 *
 * <p>Part of {@code cli}, which begins with it. Next: {@code options}.
 */
@NullMarked
package org.catrs.certifier.cli.client;

import org.jspecify.annotations.NullMarked;
