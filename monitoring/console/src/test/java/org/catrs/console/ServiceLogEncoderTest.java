// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

class ServiceLogEncoderTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LoggingEvent event = new LoggingEvent(
            "caller", (Logger) LoggerFactory.getLogger("org.catrs.X"), Level.INFO, "image {}", null, new Object[] {
                "answered"
            });

    @Test
    void shouldPutWhatWasLoggedByNameInOneObject() throws IOException {
        add("radius", 0.25);
        add("label", 7);
        add("outcome", Thread.State.NEW);
        add("model", "a \"model\"\n");
        add("served", null);
        add("bound", Double.NaN);
        assertThat(line().get("fields"))
                .isEqualTo(JSON.readTree("{\"radius\": 0.25, \"label\": 7, \"outcome\": \"NEW\","
                        + " \"model\": \"a \\\"model\\\"\\n\", \"served\": null, \"bound\": \"NaN\"}"));
    }

    @Test
    void shouldWriteARecordAsAnObject() throws IOException {
        add(
                "model",
                new Model("digits", 7, List.of(new Part(0.25), new Part(Double.NaN)), Duration.ofSeconds(3), null));
        add("counts", Map.of(Thread.State.NEW, 1));
        assertThat(line().get("fields"))
                .isEqualTo(JSON.readTree("{\"model\": {\"name\": \"digits\", \"version\": 7,"
                        + " \"parts\": [{\"share\": 0.25}, {\"share\": \"NaN\"}], \"age\": \"PT3S\", \"plan\": null},"
                        + " \"counts\": {\"NEW\": 1}}"));
    }

    @Test
    void shouldWriteTheTextOfARecordWhosePartsCannotBeRead() throws IOException {
        add("broken", new Broken(1));
        assertThat(line().at("/fields/broken").textValue()).isEqualTo("broken");
    }

    private record Model(
            String name,
            int version,
            List<Part> parts,
            Duration age,
            @Nullable Object plan) {}

    private record Part(double share) {}

    private record Broken(int value) {
        @Override
        public int value() {
            throw new IllegalStateException("no value");
        }

        @Override
        public String toString() {
            return "broken";
        }
    }

    @Test
    void shouldSayTheRestBesideIt() throws IOException {
        add("label", 7);
        JsonNode line = line();
        assertThat(line.get("formattedMessage").textValue()).isEqualTo("image answered");
        assertThat(line.get("level").textValue()).isEqualTo("INFO");
        assertThat(line.get("loggerName").textValue()).isEqualTo("org.catrs.X");
        assertThat(line.has("kvpList")).isFalse();
    }

    @Test
    void shouldHaveNoFieldsWhereNothingWasLoggedByName() throws IOException {
        assertThat(line().has("fields")).isFalse();
    }

    private void add(String key, @Nullable Object value) {
        event.addKeyValuePair(new KeyValuePair(key, value));
    }

    private JsonNode line() throws IOException {
        ServiceLogEncoder encoder = new ServiceLogEncoder();
        encoder.setWithFormattedMessage(true);
        encoder.start();
        String line = new String(encoder.encode(event), UTF_8);
        assertThat(line).containsOnlyOnce("\n").endsWith("\n");
        return JSON.readTree(line);
    }
}
