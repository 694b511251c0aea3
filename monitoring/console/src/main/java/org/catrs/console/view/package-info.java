// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * What the console's page shows of certification, as ports: a service that certifies implements them, and the console asks.
 */
@NullMarked
package org.catrs.console.view;

import org.jspecify.annotations.NullMarked;
