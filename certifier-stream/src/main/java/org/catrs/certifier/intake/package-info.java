/**
 * Takes an image from a record: its content type names the decoder, limits are checked before anything is decoded, and
 * what cannot be certified is given a {@link org.catrs.certifier.intake.RejectionReason}.
 *
 * <p>Previous stage: the {@code images} topic. Next stage: {@code noise}.
 */
@NullMarked
package org.catrs.certifier.intake;

import org.jspecify.annotations.NullMarked;
