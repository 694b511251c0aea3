// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.catrs.local.broker.EmbeddedBroker;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.tests.ForkPorts;
import org.catrs.tests.Metrics;
import org.catrs.tests.stream.CertifierProcess;
import org.catrs.tests.stream.ImageProducer;
import org.catrs.tests.stream.ImageTopic;
import org.catrs.tests.stream.TestImages;
import org.catrs.tests.stream.TestReleases;

/**
 * A certifier at work for long, with a broker of its own: in each round it gets some images, and another large model.
 * In a folder that it worked in before it goes on with what is there.
 */
final class Soak implements AutoCloseable {
    /** So many models warm a certifier up. */
    static final long SETTLED = 80;

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String APPLICATION = "soak";
    private static final int IMAGES_A_ROUND = 5;

    private final EmbeddedBroker broker;
    private final TestReleases releases;
    private final List<ModelRelease> models;
    private final ImageProducer producer;
    private final ImageTopic topic;
    private final CertifierProcess service;
    private final long imagesBefore;
    private long images;
    private long rounds;

    Soak(Path work) {
        broker = EmbeddedBroker.start(work.resolve("broker"), ForkPorts.free());
        releases = new TestReleases(work, broker.bootstrapServers());
        models = List.of(
                releases.store(TestReleases.NAME, 2, LargeNetwork.of(2).toByteArray()),
                releases.store(TestReleases.NAME, 3, LargeNetwork.of(3).toByteArray()));
        producer = new ImageProducer(broker.bootstrapServers());
        topic = new ImageTopic(broker.bootstrapServers(), APPLICATION);
        imagesBefore = topic.sent();
        releases.send(models.get(0));
        Map<String, String> settings = new TreeMap<>(releases.settings());
        settings.put("n", "100");
        settings.put("application.id", APPLICATION);
        service = CertifierProcess.launch(work, broker.bootstrapServers(), settings);
        service.awaitReady();
    }

    /** Sends images, and waits until another model is served. */
    void round() {
        for (int image = 0; image < IMAGES_A_ROUND; image++, images++) {
            producer.sendPng("image-" + images, TestImages.png(230));
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
        return new Sample(images, answered(metrics), rounds, Held.by(service.handle()), topic.waiting());
    }

    /** Makes sure that each image has been answered, once, and that nothing went wrong on the way. */
    void requireAllAnswered() {
        await("no image waits").atMost(LIMIT).until(() -> topic.waiting() == 0);
        assertThat(topic.sent() - imagesBefore).isEqualTo(images);
        awaitMetrics("all images are answered", metrics -> {
            assertThat(answered(metrics)).isEqualTo((long) metrics.sum("catrs_images_received_total"));
            assertThat(answered(metrics)).isGreaterThanOrEqualTo(images);
        });
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
        producer.close();
        releases.close();
        broker.close();
    }

    /**
     * What is seen of a certifier.
     *
     * @param images sent since it was started
     * @param answers to them
     * @param rounds as many models were served
     * @param lag images that wait
     */
    record Sample(long images, long answers, long rounds, Held held, long lag) {}
}
