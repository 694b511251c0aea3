// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.catrs.local.broker.EmbeddedBroker;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.topic.Topics;
import org.catrs.tests.ForkPorts;
import org.catrs.tests.Metrics;
import org.catrs.tests.stream.CertifierProcess;
import org.catrs.tests.stream.CommittedRecords;
import org.catrs.tests.stream.ImageProducer;
import org.catrs.tests.stream.ImageTopic;
import org.catrs.tests.stream.TestImages;
import org.catrs.tests.stream.TestReleases;

/**
 * A certifier at work for long, with a broker of its own: in each round it gets some images, one in a hundred of
 * which is none, and another large model; now and then it is killed.
 * In a folder that it worked in before it goes on with what is there.
 */
final class Soak implements AutoCloseable {
    /** So many models warm a certifier up. */
    static final long SETTLED = 80;

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String APPLICATION = "soak";
    private static final int IMAGES_A_ROUND = 5;

    /** What comes while a killed instance's partitions wait for the next one. */
    private static final long MOST_WAITING = 60L * IMAGES_A_ROUND;

    /** The heap is resident from the beginning, so that what is resident beside it is native memory. */
    private static final Map<String, String> WHOLE_HEAP =
            Map.of("_JAVA_OPTIONS", "-Xms256m -Xmx256m -XX:+AlwaysPreTouch");

    /** Of so many images one is none. */
    private static final int RUBBISH = 100;

    private final EmbeddedBroker broker;
    private final TestReleases releases;
    private final List<ModelRelease> models;
    private final ImageProducer producer;
    private final ImageTopic topic;
    private final Path work;
    private final Map<String, String> settings = new TreeMap<>();
    private final CommittedRecords predicted;
    private final CommittedRecords rejected;
    private CertifierProcess service;
    private final long imagesBefore;
    private long images;
    private long kills;
    private long rounds;

    Soak(Path work) {
        this.work = work;
        broker = EmbeddedBroker.start(work.resolve("broker"), ForkPorts.free());
        releases = new TestReleases(work, broker.bootstrapServers());
        models = List.of(
                releases.store(TestReleases.NAME, 2, LargeNetwork.of(2).toByteArray()),
                releases.store(TestReleases.NAME, 3, LargeNetwork.of(3).toByteArray()));
        producer = new ImageProducer(broker.bootstrapServers());
        topic = new ImageTopic(broker.bootstrapServers(), APPLICATION);
        imagesBefore = topic.sent();
        releases.send(models.get(0));
        predicted = new CommittedRecords(broker.bootstrapServers(), Topics.CERTIFIED_PREDICTIONS);
        rejected = new CommittedRecords(broker.bootstrapServers(), Topics.IMAGES_REJECTED);
        settings.putAll(releases.settings());
        settings.put("n", "100");
        settings.put("application.id", APPLICATION);
        service = CertifierProcess.launch(work, broker.bootstrapServers(), settings, WHOLE_HEAP);
        service.awaitReady();
    }

    /** Kills the certifier, as {@code kill -9} does, and starts another. */
    void kill() {
        service.killForcibly();
        kills++;
        service = CertifierProcess.launch(work, broker.bootstrapServers(), settings, WHOLE_HEAP);
        service.awaitReady();
    }

    /** Sends images, and waits until another model is served. */
    void round() {
        for (int image = 0; image < IMAGES_A_ROUND; image++, images++) {
            long number = imagesBefore + images;
            producer.sendPng("image-" + number, number % RUBBISH == 0 ? new byte[] {1, 2, 3} : TestImages.png(230));
        }
        producer.flush();
        rounds++;
        ModelRelease next = models.get((int) (rounds % 2));
        releases.send(releases.anew(next));
        awaitMetrics(
                "version " + next.version() + " is served",
                metrics -> assertThat(metrics.sum("catrs_model_info", "version=\"" + next.version() + "\""))
                        .isEqualTo(1));
    }

    /** What the certifier holds now, and how far it is. */
    Sample sample() {
        Metrics metrics = metrics();
        return new Sample(
                images,
                answered(metrics),
                rounds,
                kills,
                Held.by(service.handle()),
                (long) metrics.sum("jvm_memory_committed_bytes", "area=\"heap\""),
                topic.waiting());
    }

    /** Makes sure that each image has been answered, once, and that nothing went wrong on the way. */
    void requireAllAnswered() {
        await("no image waits").atMost(LIMIT).until(() -> topic.waiting() == 0);
        assertThat(topic.sent() - imagesBefore).isEqualTo(images);
        List<String> keys = new ArrayList<>();
        predicted.pollToEnd(LIMIT).forEach(answer -> keys.add(answer.key()));
        rejected.pollToEnd(LIMIT).forEach(answer -> keys.add(answer.key()));
        assertThat(keys).doesNotHaveDuplicates().hasSize((int) topic.sent());
        assertThat(service.log()).doesNotContain("ERROR");
    }

    private static long answered(Metrics metrics) {
        return (long) (metrics.sum("catrs_images_certified_total")
                + metrics.sum("catrs_images_abstained_total")
                + metrics.sum("catrs_images_rejected_total"));
    }

    private void awaitMetrics(String what, Consumer<Metrics> condition) {
        await(what).atMost(LIMIT).pollInterval(Duration.ofMillis(20)).untilAsserted(() -> condition.accept(metrics()));
    }

    private Metrics metrics() {
        try {
            return service.metrics();
        } catch (IOException e) {
            throw new AssertionError("the certifier does not answer; it logged " + service.log(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        service.close();
        topic.close();
        predicted.close();
        rejected.close();
        producer.close();
        releases.close();
        broker.close();
    }

    /**
     * What is seen of a certifier.
     *
     * @param images sent since the soak began or went on
     * @param answers of the instance that works now
     * @param rounds as many models were served
     * @param kills of instances
     * @param heap that Java holds, in bytes
     * @param lag images that wait
     */
    record Sample(long images, long answers, long rounds, long kills, Held held, long heap, long lag) {
        /** Makes sure that the certifier keeps up. */
        void requireBoundedLag() {
            assertThat(lag).as("images that wait").isLessThan(MOST_WAITING);
        }
    }
}
