// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.configuration;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of the certifier's own settings, by their keys; a setting may have none. */
record SettingValues(Map<String, Object> all) {
    @Nullable
    Object orNull(String key) {
        return all.get(key);
    }

    /** The value of a setting that has one. */
    Object value(String key) {
        Object value = all.get(key);
        if (value == null) {
            throw new IllegalStateException("setting " + key + " has no value");
        }
        return value;
    }

    String text(String key) {
        return (String) value(key);
    }

    List<String> texts(String key) {
        return ((List<?>) value(key)).stream().map(Object::toString).toList();
    }

    int number(String key) {
        return (Integer) value(key);
    }

    @Nullable
    Path fileOrNull(String key) {
        String file = (String) all.get(key);
        return file == null ? null : Path.of(file);
    }

    /** The constant that a setting names, in whatever case. */
    <E extends Enum<E>> E constant(String key, Class<E> type) {
        return Enum.valueOf(type, text(key).toUpperCase(Locale.ROOT));
    }

    /** As {@link #constant}; null where the setting has no value. */
    <E extends Enum<E>> @Nullable E constantOrNull(String key, Class<E> type) {
        return all.get(key) == null ? null : constant(key, type);
    }
}
