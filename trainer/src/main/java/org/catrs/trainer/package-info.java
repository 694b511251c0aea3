// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The trainer's command line, which takes a training through its stages: {@code data} and {@code noise}, the
 * {@code architecture} of the network, a training {@code method} with its {@code attack}, the {@code training} loop, and
 * {@code export}.
 */
@NullMarked
package org.catrs.trainer;

import org.jspecify.annotations.NullMarked;
