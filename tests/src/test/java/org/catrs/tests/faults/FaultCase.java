// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.catrs.tests.held.StreamCase;
import org.catrs.tests.stream.CertifierProcess;

/** The topics of one fault, and the certifiers that read them, each a process of its own with the default settings of Kafka. */
final class FaultCase implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(180);

    /** Time after which the brokers give a silent instance's partitions to others; the service's default. */
    static final Duration SESSION = Duration.ofSeconds(10);

    private static final int PARTITIONS = 4;

    private final Path work;
    private final Cluster cluster;
    private final StreamCase topics;

    /** @param name which topics and application id begin with */
    FaultCase(Path work, Cluster cluster, String name, int replicas) {
        this.work = work;
        this.cluster = cluster;
        this.topics = new StreamCase(cluster.bootstrapServers(), name, PARTITIONS, replicas);
    }

    StreamCase topics() {
        return topics;
    }

    /** Starts a certifier that reaches the brokers through their proxies, and waits until it is ready. */
    CertifierProcess certifier() {
        return certifier(Map.of(), Map.of());
    }

    CertifierProcess certifier(Map<String, String> settings, Map<String, String> environment) {
        CertifierProcess certifier = launch(settings, environment);
        certifier.awaitReady();
        return certifier;
    }

    /** Starts a certifier, ready or not. */
    CertifierProcess launch(Map<String, String> settings, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(topics.settings());
        all.remove("model");
        all.remove("bootstrap.servers");
        all.put("consumer.session.timeout.ms", Long.toString(SESSION.toMillis()));
        all.put("consumer.heartbeat.interval.ms", "1000");
        all.put("record.max.seconds", "60");
        all.put("rates.enabled", "false");
        all.put(
                "state.dir",
                work.resolve("state-" + ThreadLocalRandom.current().nextInt(1 << 20))
                        .toString());
        all.putAll(settings);
        return CertifierProcess.launch(
                work, cluster.proxiedServers(), all, environment, "--model", CertifierProcess.BRIGHTNESS.toString());
    }

    Load steadyLoad() {
        return Load.steady(topics, PARTITIONS);
    }

    Load load(int images) {
        return Load.of(topics, PARTITIONS, images);
    }

    /** Waits until there are so many committed answers more than now. */
    void awaitAnswers(int more) {
        int wanted = topics.answers() + more;
        await("answers").atMost(LIMIT).pollInSameThread().until(() -> topics.answers() >= wanted);
    }

    /** The time until the next committed answer. */
    Duration untilAnswered() {
        // What was answered before is read first.
        int before = topics.answers();
        for (int more = topics.answers(); more > before; more = topics.answers()) {
            before = more;
        }
        long begin = System.nanoTime();
        awaitAnswers(1);
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /**
     * The time until no more answers come.
     *
     * @param begin of the time, as {@link System#nanoTime()} counts
     */
    Duration untilIdle(long begin) {
        long last = System.nanoTime();
        int answers = -1;
        while (System.nanoTime() - last < Duration.ofSeconds(3).toNanos()) {
            int now = topics.answers();
            if (now > answers) {
                answers = now;
                last = System.nanoTime();
            }
        }
        return Duration.ofNanos(last - begin);
    }

    /** Waits until a certifier says that it is not ready, and why. */
    static void awaitNotReady(CertifierProcess certifier, String why) {
        await("not ready: " + why)
                .atMost(LIMIT)
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(
                        () -> assertThat(certifier.get("/health/ready").body()).contains(why));
    }

    /** Lets time pass in which nothing is to be seen. */
    static void pass(Duration time) {
        await().pollDelay(time).atMost(time.plusSeconds(5)).until(() -> true);
    }

    static void signal(CertifierProcess certifier, String name) {
        try {
            int exit = new ProcessBuilder(
                            "kill", "-" + name, Long.toString(certifier.handle().pid()))
                    .start()
                    .waitFor();
            assertThat(exit).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        topics.close();
    }
}
