// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.event.KeyValuePair;

/**
 * Lets a line of a library pass once a minute, however often it comes: Kafka's clients say several times a second, and for
 * each connection, that a broker is away. The line that passes next says in {@code fields.repeated} how many were left out.
 * Lines are the same that differ in numbers and in the client alone. Nothing of ours is left out.
 */
public final class RepeatedLines extends Filter<ILoggingEvent> {
    private static final long PAUSE_MILLIS = 60_000;
    private static final int MOST_LINES = 500;

    /** The context that Kafka's clients put before each line. */
    private static final Pattern CLIENT = Pattern.compile("^(?:\\[[^\\]]*\\] ?|stream-thread |stream-client )+");

    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    private final Map<String, Line> lines = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Line> eldest) {
            return size() > MOST_LINES;
        }
    };

    private static final String LOGGERS = "org.apache.kafka";

    private static final class Line {
        private final long passed;
        private int leftOut;

        Line(long passed) {
            this.passed = passed;
        }
    }

    @Override
    public FilterReply decide(ILoggingEvent event) {
        if (!event.getLoggerName().startsWith(LOGGERS) || event.getLevel().isGreaterOrEqual(Level.ERROR)) {
            return FilterReply.NEUTRAL;
        }
        int repeated = repeated(event);
        if (repeated < 0) {
            return FilterReply.DENY;
        }
        if (repeated > 0 && event instanceof LoggingEvent line) {
            line.addKeyValuePair(new KeyValuePair("repeated", repeated));
        }
        return FilterReply.NEUTRAL;
    }

    /** How often a line that passes was left out before; below 0 for one that is left out. */
    private synchronized int repeated(ILoggingEvent event) {
        String text = DIGITS.matcher(CLIENT.matcher(event.getFormattedMessage()).replaceFirst(""))
                .replaceAll("#");
        String kind = event.getLoggerName() + ' ' + text;
        Line before = lines.get(kind);
        if (before != null && event.getTimeStamp() - before.passed < PAUSE_MILLIS) {
            before.leftOut++;
            return -1;
        }
        lines.remove(kind);
        lines.put(kind, new Line(event.getTimeStamp()));
        return before == null ? 0 : before.leftOut;
    }
}
