// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.summary;

/**
 * A summary under the name that tables and plots give it.
 *
 * @param name of the file that was summarized
 */
public record NamedSummary(String name, EvaluationSummary summary) {}
