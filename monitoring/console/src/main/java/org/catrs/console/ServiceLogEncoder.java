// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Writes a record of the log as a line of JSON, with what was logged by name in one object, {@code fields}: numbers as
 * numbers, all else as text. Logback's own encoder makes it a list of objects of one field each, which no query reads.
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
        return value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
    }
}
