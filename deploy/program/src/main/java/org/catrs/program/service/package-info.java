// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * How a service runs and ends: its parts, a first look at the brokers, a clean stop when the process is told to.
 */
@NullMarked
package org.catrs.program.service;

import org.jspecify.annotations.NullMarked;
