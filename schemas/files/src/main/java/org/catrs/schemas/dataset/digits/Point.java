// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.dataset.digits;

/** A point of a drawing; x to the right, y downwards. */
record Point(double x, double y) {}
