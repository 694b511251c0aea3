// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Audits certificates: draws their noise again, and says for each whether it holds. Stands beside the stages; it reads
 * what {@code outcome} wrote and what consumers kept of the topics, and runs the stages up to {@code outcome} again.
 */
@NullMarked
package org.catrs.certifier.replay;

import org.jspecify.annotations.NullMarked;
