/**
 * Turns a certificate into the event that a consumer reads.
 *
 * <p>Previous stage: {@code smoothing}. Next stage: {@code topology}, which sends it.
 */
@NullMarked
package org.catrs.certifier.outcome;

import org.jspecify.annotations.NullMarked;
