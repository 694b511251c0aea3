// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console.view;

import java.util.Optional;
import org.catrs.schemas.event.ImageOrigin;
import org.jspecify.annotations.Nullable;

/** The answers of all instances, and the images that they are about. */
public interface AnswerSource {
    /** Tells a reader of the last answers, and of each that is committed from now on, until it is closed. */
    AutoCloseable follow(StreamReader reader);

    /**
     * The image that an answer is about.
     *
     * @param origin as an answer names it
     * @param model that the image was for; null where it is not known
     * @return PNG; empty where it cannot be shown
     */
    Optional<byte[]> picture(ImageOrigin origin, @Nullable String model);

    /** Whether images are shown. */
    boolean showsPictures();
}
