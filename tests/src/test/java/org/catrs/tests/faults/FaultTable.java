// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.catrs.tests.Checkout;
import org.catrs.tests.held.StreamCase;

/** What became of the images of each fault: a line in {@code tests/target/faults/faults.tsv} for each. */
final class FaultTable {
    private static final Path FILE = Checkout.ROOT.resolve("tests/target/faults/faults.tsv");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_LINES = 3;

    private FaultTable() {}

    /**
     * What became of images.
     *
     * @param images number that were sent
     * @param once number with one answer
     * @param lost number with none
     * @param repeated number with several
     */
    record Outcome(int images, long once, long lost, long repeated) {}

    /** Waits until as many images are answered as should be, and adds the fault's line. */
    static Outcome add(String fault, StreamCase topics, int lost, Duration recovery, String log) {
        List<String> sent = topics.sent();
        List<String> answered = topics.answered(sent.size() - lost);
        return add(fault, sent, answered, recovery, log);
    }

    private static Outcome add(String fault, List<String> sent, List<String> answered, Duration recovery, String log) {
        Map<String, Integer> answers = new HashMap<>();
        answered.forEach(key -> answers.merge(key, 1, Integer::sum));
        Outcome outcome = new Outcome(
                sent.size(),
                sent.stream().filter(key -> answers.getOrDefault(key, 0) == 1).count(),
                sent.stream().filter(key -> !answers.containsKey(key)).count(),
                sent.stream().filter(key -> answers.getOrDefault(key, 0) > 1).count());
        write(String.format(
                Locale.ROOT,
                "%s\t%d\t%d\t%d\t%d\t%.1f\t%s%n",
                fault,
                outcome.images(),
                outcome.once(),
                outcome.lost(),
                outcome.repeated(),
                recovery.toMillis() / 1e3,
                said(log)));
        return outcome;
    }

    /** Tests may run in several processes; a line is appended in one piece. */
    private static void write(String line) {
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, line, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Our own warnings and errors but those of single images, each once, and how many lines are Kafka's. */
    static String said(String log) {
        Set<String> ours = new LinkedHashSet<>();
        int kafkas = 0;
        for (String line : log.lines().filter(line -> line.startsWith("{")).toList()) {
            JsonNode event = parse(line);
            String message = event.path("formattedMessage").asText();
            if (event.path("loggerName").asText().startsWith("org.apache.kafka")) {
                kafkas++;
            } else if (isWorthALine(event.path("level").asText(), message)) {
                ours.add(message.lines().findFirst().orElse("").replaceAll("\\b\\d+ (seconds|s)\\b", "N $1"));
            }
        }
        String shown = String.join(" / ", ours.stream().limit(MOST_LINES).toList());
        return (shown.isEmpty() ? "nothing" : shown) + " (" + kafkas + " lines of Kafka's)";
    }

    private static boolean isWorthALine(String level, String message) {
        return !level.equals("INFO") && !message.startsWith("image rejected")
                || message.startsWith("images are answered again");
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no line of the log: " + line, e);
        }
    }
}
