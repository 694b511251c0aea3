// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli.client;

import org.catrs.schemas.event.ImageOrigin;
import org.catrs.schemas.event.ImageRejection;
import org.jspecify.annotations.Nullable;

/**
 * A rejection as it was read.
 *
 * @param key image id; null where the image had none
 * @param place of the rejected image among the rejected ones
 */
public record ReceivedRejection(@Nullable String key, ImageOrigin place, ImageRejection rejection)
        implements ReceivedAnswer {
    @Override
    public Record event() {
        return rejection;
    }

    @Override
    public String name() {
        if (key != null) {
            return key;
        }
        ImageOrigin image = rejection.origin();
        return String.valueOf(image == null ? place : image);
    }
}
