// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The certifier's program. Its packages are seven doors, in the order in which an image's data passes them: {@code
 * smoothing} draws noise, counts votes and bounds them; {@code network} runs a classifier; {@code adversary} looks for
 * images that would contradict a certificate; {@code stream} certifies a topic's images; {@code evaluation} certifies test sets and reports on them; {@code audit} makes
 * certificates again; {@code cli} is what a person types. Each knows only those before it.
 */
@NullMarked
package org.catrs.certifier;

import org.jspecify.annotations.NullMarked;
