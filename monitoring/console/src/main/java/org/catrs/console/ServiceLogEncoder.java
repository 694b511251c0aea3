// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Writes a record of the log as a line of JSON, with what was logged by name in one object, {@code fields}: numbers as
 * numbers, records, maps and lists as what they consist of, all else as text. Logback's own encoder makes it a list of objects of one field each, which no query reads.
 */
public final class ServiceLogEncoder extends JsonEncoder {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    protected void appendKeyValuePairs(StringBuilder line, ILoggingEvent event) {
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs == null || pairs.isEmpty()) {
            return;
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        pairs.forEach(pair -> fields.put(pair.key, simple(pair.value)));
        try {
            line.append(",\"fields\":").append(JSON.writeValueAsString(fields));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Object simple(@Nullable Object value) {
        if (value instanceof Record whole) {
            return parts(whole);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> entries = new LinkedHashMap<>();
            map.forEach((key, entry) -> entries.put(String.valueOf(key), simple(entry)));
            return entries;
        }
        if (value instanceof Collection<?> collection) {
            return collection.stream().map(ServiceLogEncoder::simple).toList();
        }
        return value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
    }

    /** Its components by their names; its text where they cannot be read: a line of the log is never lost for that. */
    private static Object parts(Record whole) {
        Map<String, @Nullable Object> parts = new LinkedHashMap<>();
        try {
            for (RecordComponent component : whole.getClass().getRecordComponents()) {
                Method accessor = component.getAccessor();
                accessor.setAccessible(true);
                parts.put(component.getName(), simple(accessor.invoke(whole)));
            }
            return parts;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return String.valueOf(whole);
        }
    }
}
