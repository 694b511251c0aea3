// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * How a service is watched: health and metrics over HTTP, metrics of the process and its machine, and the log as JSON
 * lines. It knows nothing of what the service does.
 */
@NullMarked
package org.catrs.console;

import org.jspecify.annotations.NullMarked;
