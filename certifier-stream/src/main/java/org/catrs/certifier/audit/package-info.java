// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Audits certificates: draws their noise again, and says for each whether it holds. Reads what {@code stream} wrote
 * and what consumers kept of the topics, and certifies again.
 *
 * <p>Previous door: {@code evaluation}. Next: {@code cli}.
 */
@NullMarked
package org.catrs.certifier.audit;

import org.jspecify.annotations.NullMarked;
