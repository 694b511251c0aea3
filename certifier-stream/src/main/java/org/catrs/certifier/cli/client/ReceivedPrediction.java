// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli.client;

import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.event.ImageOrigin;
import org.jspecify.annotations.Nullable;

/**
 * A prediction as it was read.
 *
 * @param key image id; null where the image had none
 * @param place of the prediction
 */
public record ReceivedPrediction(@Nullable String key, ImageOrigin place, CertifiedPrediction prediction)
        implements ReceivedAnswer {
    @Override
    public Record event() {
        return prediction;
    }

    @Override
    public String name() {
        if (key != null) {
            return key;
        }
        ImageOrigin image = prediction.origin() == null ? place : prediction.origin();
        return image.toString();
    }
}
