// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * A Kafka broker of one node: a process of its own with catrs's topics, its directory, and the command that runs it until
 * it is interrupted. The demo starts one, and so do the tests.
 */
@NullMarked
package org.catrs.local.broker;

import org.jspecify.annotations.NullMarked;
