// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.dataset;

import java.nio.ByteBuffer;
import org.catrs.schemas.image.ImageEncoding;
import org.jspecify.annotations.Nullable;

/**
 * An image to be sent.
 *
 * @param key image id
 * @param value the encoded image
 * @param trueLabel its class, from 0; null when not known
 */
public record OutgoingImage(
        String key,
        ByteBuffer value,
        ImageEncoding encoding,
        @Nullable Integer trueLabel) {}
