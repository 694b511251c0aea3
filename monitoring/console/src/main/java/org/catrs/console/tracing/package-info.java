// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Spans of what a service does, sent to a collector where one is configured. The only place that knows OpenTelemetry.
 */
@NullMarked
package org.catrs.console.tracing;

import org.jspecify.annotations.NullMarked;
