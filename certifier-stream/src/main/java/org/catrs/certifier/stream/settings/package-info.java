// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The service's configuration: the settings by topic, each with its default, its range and what it means, and what the
 * service makes of them. Starts nothing.
 *
 * <p>Part of {@code stream}. Previous: {@code topology} and {@code release}, which it sets up. Next: {@code service}.
 */
@NullMarked
package org.catrs.certifier.stream.settings;

import org.jspecify.annotations.NullMarked;
