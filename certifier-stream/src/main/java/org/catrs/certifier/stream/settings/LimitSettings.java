// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.catrs.program.settings.SettingValues;
import org.catrs.schemas.image.ImageLimits;

/** The settings of how large and how slow an image may be. */
public final class LimitSettings {
    static final String IMAGE_MAX_BYTES = "image.max.bytes";
    static final String IMAGE_MAX_PIXELS = "image.max.pixels";
    public static final String RECORD_MAX_SECONDS = "record.max.seconds";

    private LimitSettings() {}

    static void define(ConfigDef definition) {
        definition
                .define(
                        IMAGE_MAX_BYTES,
                        ConfigDef.Type.INT,
                        1 << 20,
                        Range.between(1, 1 << 30),
                        MEDIUM,
                        "Most bytes of an image's record value.")
                .define(
                        IMAGE_MAX_PIXELS,
                        ConfigDef.Type.INT,
                        1 << 22,
                        Range.between(1, 1 << 28),
                        MEDIUM,
                        "Most pixels (height x width) of an image; checked before it is decoded.")
                .define(
                        RECORD_MAX_SECONDS,
                        ConfigDef.Type.INT,
                        60,
                        Range.between(1, 3600),
                        MEDIUM,
                        "Longest time that one image may take while all threads are busy; time-outs follow from it, and a"
                                + " deadline is never later.");
    }

    static ImageLimits images(SettingValues values) {
        return new ImageLimits(values.number(IMAGE_MAX_BYTES), values.number(IMAGE_MAX_PIXELS));
    }
}
