// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.image;

import java.util.Locale;

/** Reads media types. */
public final class MediaTypes {
    private MediaTypes() {}

    /** What a media type names, in lower case, without parameters after a semicolon and blanks around it. */
    public static String essence(String mediaType) {
        return mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
