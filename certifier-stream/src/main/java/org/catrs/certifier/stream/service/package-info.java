// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The certifier service: what it checks before it starts, how it starts and stops. Wires the topology, the models and
 * the console; holds no step of a certification itself.
 *
 * <p>Part of {@code stream}, and its last. Previous: {@code settings}.
 */
@NullMarked
package org.catrs.certifier.stream.service;

import org.jspecify.annotations.NullMarked;
