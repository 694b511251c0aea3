// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli.client;

import org.jspecify.annotations.Nullable;

/** What an image was answered with, as it was read. */
public sealed interface ReceivedAnswer permits ReceivedPrediction, ReceivedRejection {
    /** Image id; null where the image had none. */
    @Nullable
    String key();

    /** What the record says. */
    Record event();

    /** Image id, or the place of the image, or else that of the answer, such as {@code images-3@42}. */
    String name();
}
