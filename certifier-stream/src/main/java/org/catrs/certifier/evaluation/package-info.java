// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The standard protocol over a test set. {@code rows} are its files, one row an image; {@code summary} is what they
 * say in numbers; {@code charts} and {@code report} show it.
 *
 * <p>Previous door: {@code stream}, which certifies a topic's images as this certifies a data set's. Next: {@code
 * audit}.
 */
@NullMarked
package org.catrs.certifier.evaluation;

import org.jspecify.annotations.NullMarked;
