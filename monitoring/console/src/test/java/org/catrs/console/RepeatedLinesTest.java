// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import org.junit.jupiter.api.Test;

final class RepeatedLinesTest {
    private static final String KAFKA = "org.apache.kafka.clients.NetworkClient";

    private final LoggerContext context = new LoggerContext();
    private final RepeatedLines filter = new RepeatedLines();

    @Test
    void shouldPassALineOnceHoweverManyClientsSayIt() {
        assertThat(passes(line(KAFKA, Level.WARN, away(1), 0))).isTrue();
        for (int client = 2; client < 100; client++) {
            assertThat(passes(line(KAFKA, Level.WARN, away(client), client))).isFalse();
        }
        assertThat(passes(line(KAFKA, Level.WARN, "[Producer clientId=a] Bootstrap broker refused", 100)))
                .isTrue();
    }

    @Test
    void shouldPassItAgainAfterAMinuteAndSayHowOftenItWasLeftOut() {
        assertThat(passes(line(KAFKA, Level.WARN, away(1), 0))).isTrue();
        assertThat(passes(line(KAFKA, Level.WARN, away(2), 59_999))).isFalse();
        assertThat(passes(line(KAFKA, Level.WARN, away(1), 59_999))).isFalse();
        LoggingEvent next = line(KAFKA, Level.WARN, away(1), 60_000);
        assertThat(passes(next)).isTrue();
        assertThat(next.getKeyValuePairs()).singleElement().satisfies(pair -> {
            assertThat(pair.key).isEqualTo("repeated");
            assertThat(pair.value).isEqualTo(2);
        });
        assertThat(passes(line(KAFKA, Level.WARN, away(1), 60_001))).isFalse();
    }

    @Test
    void shouldLeaveOutNoErrorAndNothingOfOurs() {
        for (int time = 0; time < 3; time++) {
            assertThat(passes(line(KAFKA, Level.ERROR, away(1), time))).isTrue();
            assertThat(passes(line("org.catrs.certifier", Level.WARN, "image rejected", time)))
                    .isTrue();
        }
    }

    private static String away(int client) {
        return "[Consumer clientId=catrs-" + client + ", groupId=catrs] Connection to node " + client
                + " (localhost/127.0.0.1:9092) could not be established. Node may not be available.";
    }

    private boolean passes(LoggingEvent event) {
        return filter.decide(event) != FilterReply.DENY;
    }

    private LoggingEvent line(String logger, Level level, String message, long time) {
        LoggingEvent event = new LoggingEvent("", context.getLogger(logger), level, message, null, null);
        event.setTimeStamp(time);
        return event;
    }
}
