// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.catrs.tests.Catrs;
import org.catrs.tests.ForkPorts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo with small numbers on generated digits; it must leave no process and no port behind, however it ends. */
final class DemoCommandTest {
    private static final Duration LIMIT = Duration.ofSeconds(180);
    private static final Pattern ADDRESS = Pattern.compile("(?:127\\.0\\.0\\.1|localhost):(\\d+)");
    private static final String[] DEMO = {
        "demo", "--dataset", "digits", "--images", "8", "--n", "500", "--epochs", "0.02"
    };

    @TempDir
    private Path work;

    private final Set<ProcessHandle> children = new LinkedHashSet<>();

    @Test
    void shouldShowTheMainJobAndLeaveNothingBehind() {
        Catrs demo = Catrs.start(work, DEMO);
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(100)).until(() -> {
            noteChildren(demo);
            return !demo.isAlive();
        });
        assertThat(demo.awaitExit(LIMIT)).as(demo::output).isZero();
        assertThat(demo.out()).contains("ACR").containsIgnoringCase("abstain");
        assertNothingLeft(demo);
    }

    @Test
    void shouldTakeItsChildrenWithItWhenItIsKilled() {
        Catrs demo = Catrs.start(work, DEMO);
        awaitChildren(demo, 2);
        demo.killForcibly();
        assertNothingLeft(demo);
    }

    @Test
    void shouldStopEverythingOnInterrupt() throws IOException, InterruptedException {
        Catrs demo = Catrs.start(work, DEMO);
        awaitChildren(demo, 2);
        demo.signal("INT");
        assertThat(demo.awaitExit(Duration.ofSeconds(40))).isNotZero();
        assertNothingLeft(demo);
    }

    private void noteChildren(Catrs demo) {
        demo.handle().descendants().forEach(children::add);
    }

    private void awaitChildren(Catrs demo, int count) {
        await("the demo has started " + count + " processes")
                .atMost(LIMIT)
                .failFast(() -> assertThat(demo.isAlive()).as(demo::output).isTrue())
                .until(() -> {
                    noteChildren(demo);
                    return demo.handle().descendants().count() >= count;
                });
    }

    private void assertNothingLeft(Catrs demo) {
        assertThat(children).isNotEmpty();
        await("no process is left")
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
        assertThat(ports(demo)).noneMatch(ForkPorts::answers);
    }

    private static List<Integer> ports(Catrs demo) {
        Matcher addresses = ADDRESS.matcher(demo.out() + demo.err());
        return addresses
                .results()
                .map(address -> Integer.valueOf(address.group(1)))
                .collect(Collectors.toList());
    }
}
