// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.catrs.certifier.cli.WatchCommand;
import org.catrs.local.broker.EmbeddedBroker;
import org.catrs.schemas.topic.Topics;
import org.catrs.tests.Checkout;
import org.catrs.tests.ForkPorts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command watch, before topics with a certificate, a rejected image, and what is neither. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WatchTest {
    private static final String EVENTS = "schemas/events/src/test/resources/org/catrs/schemas/event/";

    private EmbeddedBroker broker;

    @BeforeAll
    void send(@TempDir Path folder) throws IOException {
        broker = EmbeddedBroker.start(folder.resolve("broker"), ForkPorts.free());
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                    Topics.CERTIFIED_PREDICTIONS,
                    null,
                    Files.readAllBytes(Checkout.ROOT.resolve(EVENTS + "v3/CertifiedPrediction-forced.json"))));
            producer.send(rejected("bad\u001b[2J.png", "CORRUPT_IMAGE", "no image"));
            producer.send(new ProducerRecord<>(Topics.IMAGES_REJECTED, utf8("\u001b[2J"), utf8("no rejection")));
        }
    }

    @AfterAll
    void stop() {
        broker.close();
    }

    @Test
    void shouldShowRejectionsBesideAnswersAndEndWhateverTheOutcomes() {
        Run run = watch("--rejected", "--max", "2");
        // Which of two topics is read first is anybody's guess, and a line is as wide as those before it.
        assertThat(run.out().lines().map(line -> line.replaceAll(" {3,}", "   ")))
                .containsExactlyInAnyOrder(
                        "images-3@5000000000   label 1 (one)   radius 0.621   true 1   correct",
                        "bad\\u001b[2J.png   rejected   CORRUPT_IMAGE: no image")
                .doesNotContain("\u001b");
        assertThat(run.err()).contains("2 images: 1 certified (1 correct, 0 wrong), 0 abstained, 1 rejected");
    }

    @Test
    void shouldCountRejectionsWhereTheyAreNotShown() {
        Run run = watch("--json", "--max", "2");
        assertThat(run.out().lines()).singleElement().asString().startsWith("{\"key\":null,\"outcome\":\"CERTIFIED\"");
        assertThat(run.err()).contains(" 1 rejected").doesNotContain("\u001b");
    }

    @Test
    void shouldReadPredictionsAloneWhereThereIsNoTopicOfRejectedImages() {
        Run run = watch("--rejected-topic", "elsewhere", "--max", "1");
        assertThat(run.out()).contains("radius 0.621");
        assertThat(run.err()).contains("rejected images are not counted: the topic elsewhere is not there");
    }

    private static ProducerRecord<byte[], byte[]> rejected(String key, String reason, String message) {
        ProducerRecord<byte[], byte[]> rejected = new ProducerRecord<>(Topics.IMAGES_REJECTED, utf8(key), new byte[1]);
        rejected.headers()
                .add("catrs.error.stage", utf8("decode"))
                .add("catrs.error.reason", utf8(reason))
                .add("__streams.errors.message", utf8(message));
        return rejected;
    }

    private Run watch(String... options) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = new CommandLine(new WatchCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        String[] arguments = new String[options.length + 3];
        arguments[0] = "--bootstrap-server";
        arguments[1] = broker.bootstrapServers();
        arguments[2] = "--from-beginning";
        System.arraycopy(options, 0, arguments, 3, options.length);
        assertThat(line.execute(arguments)).as(err.toString()).isZero();
        return new Run(out.toString(), err.toString());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private record Run(String out, String err) {}
}
