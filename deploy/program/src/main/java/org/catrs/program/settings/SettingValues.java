// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of a service's own settings, by their keys; a setting may have none. */
public record SettingValues(Map<String, Object> all) {
    /** The value of a setting, or null. */
    public @Nullable Object orNull(String key) {
        return all.get(key);
    }

    /** The value of a setting that has one. */
    public Object value(String key) {
        Object value = all.get(key);
        if (value == null) {
            throw new IllegalStateException("setting " + key + " has no value");
        }
        return value;
    }

    /** The value of a setting that is text and has a value. */
    public String text(String key) {
        return (String) value(key);
    }

    /** The value of a setting that is a list. */
    public List<String> texts(String key) {
        return ((List<?>) value(key)).stream().map(Object::toString).toList();
    }

    /** The value of a setting that is an integer and has a value. */
    public int number(String key) {
        return (Integer) value(key);
    }

    /** The path that a setting names, or null. */
    public @Nullable Path fileOrNull(String key) {
        String file = (String) all.get(key);
        return file == null ? null : Path.of(file);
    }

    /** The constant that a setting names, in whatever case. */
    public <E extends Enum<E>> E constant(String key, Class<E> type) {
        return Enum.valueOf(type, text(key).toUpperCase(Locale.ROOT));
    }

    /** As {@link #constant}; null where the setting has no value. */
    public <E extends Enum<E>> @Nullable E constantOrNull(String key, Class<E> type) {
        return all.get(key) == null ? null : constant(key, type);
    }
}
