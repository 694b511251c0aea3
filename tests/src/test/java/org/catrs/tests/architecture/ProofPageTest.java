// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.catrs.tests.Checkout;
import org.junit.jupiter.api.Test;

/** Holds the page with the proof against the code: what a step names must be there. */
class ProofPageTest {
    private static final Pattern ROW = Pattern.compile("\\| (\\d\\.\\d+) \\|.*");
    private static final Pattern NAME = Pattern.compile("`([A-Z]\\w+)(?:\\.(\\w+))?`");

    @Test
    void shouldNameClassesAndTestsThatExistInEachStep() throws IOException {
        Map<String, String> sources = sources();
        List<String> steps = Files.readAllLines(Checkout.ROOT.resolve("certifier-stream/PROOF.md")).stream()
                .filter(line -> ROW.matcher(line).matches())
                .toList();
        assertThat(steps).hasSizeGreaterThan(15);
        for (String step : steps) {
            List<MatchResult> names = NAME.matcher(step).results().toList();
            assertThat(names)
                    .as("a test in %s", step)
                    .anyMatch(name -> name.group(1).endsWith("Test"));
            for (MatchResult name : names) {
                assertThat(sources).as(step).containsKey(name.group(1));
                if (name.group(2) != null) {
                    assertThat(sources.get(name.group(1))).as(step).contains(name.group(2) + "(");
                }
            }
        }
    }

    private static Map<String, String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Checkout.ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java")
                            && file.toString().contains("/src/")
                            && !file.endsWith("package-info.java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            ProofPageTest::read,
                            (one, other) -> one + other));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
