// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console.view;

import java.util.function.Supplier;

/**
 * The answer to an image.
 *
 * @param bytes that the answer keeps in memory
 * @param detail reads the rest of the answer; it may take a moment
 */
public record ShownAnswer(Tile tile, int bytes, Supplier<Detail> detail) {}
