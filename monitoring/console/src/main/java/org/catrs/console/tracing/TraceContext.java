// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console.tracing;

/**
 * The span of a trace that is recorded.
 *
 * @param traceId 32 hex digits
 * @param spanId 16 hex digits
 */
public record TraceContext(String traceId, String spanId) {}
