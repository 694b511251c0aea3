// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/** What a method computes on at a time, a slice of a step's images with their noises, and what it says of it. */
@NullMarked
package org.catrs.trainer.method.slice;

import org.jspecify.annotations.NullMarked;
