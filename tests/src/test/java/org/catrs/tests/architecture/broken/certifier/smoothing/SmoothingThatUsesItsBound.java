// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.architecture.broken.certifier.smoothing;

import org.catrs.tests.architecture.broken.certifier.smoothing.bound.BoundThatBreaksEveryRule;

/** One half of a cycle. */
public record SmoothingThatUsesItsBound(BoundThatBreaksEveryRule bound) {}
