// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * The demo: chains the commands that train a model, certify images from a topic and show the outcome, each in a process
 * of its own, and tells the user what happens.
 */
@NullMarked
package org.catrs.local.demo;

import org.jspecify.annotations.NullMarked;
