// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Takes an image from a record: its content type names the decoder, limits are checked before anything is decoded, and
 * what cannot be certified is given a {@link org.catrs.certifier.stream.intake.RejectionReason}.
 *
 * <p>Part of {@code stream}. Previous: the {@code images} topic. Next: {@code seed}.
 */
@NullMarked
package org.catrs.certifier.stream.intake;

import org.jspecify.annotations.NullMarked;
