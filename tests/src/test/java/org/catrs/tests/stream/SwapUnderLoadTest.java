// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.catrs.local.broker.EmbeddedBroker;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.event.ModelStatus;
import org.catrs.schemas.topic.Topics;
import org.catrs.tests.ForkPorts;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models are replaced while images come faster than they are certified. */
@Tag("faults")
final class SwapUnderLoadTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FIRST = 2;
    private static final int SWAPS = 6;
    /** Images that wait at any time, so that all threads always have one. */
    private static final int AHEAD = 40;

    private final List<ModelRelease> released = new ArrayList<>();

    @Test
    void shouldAnswerEveryImageOnceWithOneModelWhileModelsAreReplaced(@TempDir Path work) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(work.resolve("broker"), ForkPorts.free());
                TestReleases releases = new TestReleases(work, broker.bootstrapServers());
                ToldStatuses told = new ToldStatuses(broker.bootstrapServers());
                CommittedRecords predicted =
                        new CommittedRecords(broker.bootstrapServers(), Topics.CERTIFIED_PREDICTIONS);
                CommittedRecords rejected = new CommittedRecords(broker.bootstrapServers(), Topics.IMAGES_REJECTED)) {
            for (int version = FIRST; version <= FIRST + SWAPS; version++) {
                released.add(releases.store(TestReleases.NAME, version));
            }
            releases.send(released.get(0));
            Map<String, String> settings = new TreeMap<>(releases.settings());
            settings.put("n", "20000");
            settings.keySet().removeIf(key -> key.startsWith("inference."));
            try (CertifierProcess service = CertifierProcess.launch(work, broker.bootstrapServers(), settings)) {
                service.awaitReady();
                told.await(ModelStatus.State.SERVED, TestReleases.NAME, FIRST);
                Load load = swapUnderLoad(broker.bootstrapServers(), releases, told);
                List<ConsumerRecord<String, byte[]>> answers =
                        predicted.pollUntil(LIMIT, records -> records.size() >= load.sent);
                assertThat(rejected.pollToEnd(LIMIT)).isEmpty();
                assertThat(answers)
                        .extracting(ConsumerRecord::key)
                        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, load.sent)
                                .mapToObj(image -> "image-" + image)
                                .toList());
                load.print();
                assertThat(answers).allSatisfy(this::hasOneModel);
                assertThat(answers).extracting(SwapUnderLoadTest::version).contains(FIRST, FIRST + SWAPS);
            }
        }
    }

    private Load swapUnderLoad(String bootstrapServers, TestReleases releases, ToldStatuses told)
            throws InterruptedException {
        Load load = new Load(bootstrapServers);
        load.start();
        try {
            for (int swap = 1; swap <= SWAPS; swap++) {
                load.await(AHEAD);
                load.swapping = true;
                releases.send(released.get(swap));
                told.await(ModelStatus.State.SERVED, TestReleases.NAME, FIRST + swap);
                load.await(AHEAD / 4);
                load.swapping = false;
            }
            load.await(AHEAD);
        } finally {
            load.stopped = true;
            load.join();
        }
        return load;
    }

    /** The label and the name of the model come from the same network: odd versions call a bright image dark. */
    private void hasOneModel(ConsumerRecord<String, byte[]> answer) {
        JsonNode prediction = json(answer);
        int version = version(answer);
        assertThat(prediction.path("model").path("sha256").asText())
                .isEqualTo(released.get(version - FIRST).sha256());
        assertThat(prediction.path("className").asText()).isEqualTo(version % 2 == 0 ? "bright" : "dark");
        int label = prediction.path("label").asInt(-1);
        assertThat(prediction.path("selectionCounts").path(label).asInt()).isEqualTo(100);
        assertThat(prediction.path("estimationCounts").path(label).asInt()).isEqualTo(20_000);
    }

    private static int version(ConsumerRecord<String, byte[]> answer) {
        return Integer.parseInt(json(answer).path("model").path("version").asText());
    }

    private static JsonNode json(ConsumerRecord<String, byte[]> message) {
        try {
            return JSON.readTree(message.value());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends images as others are answered, and looks when the answers come. */
    private static final class Load extends Thread {
        private final String bootstrapServers;
        private final List<Double> seconds = new ArrayList<>();
        private final List<Double> secondsInSwaps = new ArrayList<>();
        private final Semaphore answers = new Semaphore(0);
        private volatile boolean swapping;
        private volatile boolean stopped;
        private int sent;

        Load(String bootstrapServers) {
            this.bootstrapServers = bootstrapServers;
        }

        @Override
        public void run() {
            try (ImageProducer images = new ImageProducer(bootstrapServers);
                    CommittedRecords records = new CommittedRecords(bootstrapServers, Topics.CERTIFIED_PREDICTIONS)) {
                int answered = 0;
                while (!stopped) {
                    for (; sent < answered + AHEAD; sent++) {
                        images.sendPng("image-" + sent, TestImages.png(230));
                    }
                    List<ConsumerRecord<String, byte[]>> all = records.poll();
                    for (; answered < all.size(); answered++) {
                        (swapping ? secondsInSwaps : seconds)
                                .add(json(all.get(answered)).path("seconds").asDouble());
                        answers.release();
                    }
                }
            }
        }

        /** Waits for so many answers more. */
        void await(int more) throws InterruptedException {
            answers.drainPermits();
            answers.acquire(more);
        }

        /** For people; the first images find a process that is not warm yet. */
        void print() {
            System.out.println("seconds an image took           images  median  longest");
            double swapping = print("while a model was replaced", secondsInSwaps);
            double otherwise = print("at other times", seconds.subList(AHEAD, seconds.size()));
            System.out.printf("the longest is longer by %31.3f%n", swapping - otherwise);
        }

        /** The longest time. */
        private static double print(String when, List<Double> some) {
            List<Double> sorted = some.stream().sorted().toList();
            double longest = sorted.get(sorted.size() - 1);
            System.out.printf(
                    "%-30s  %6d  %6.3f  %7.3f%n", when, sorted.size(), sorted.get(sorted.size() / 2), longest);
            return longest;
        }
    }
}
