// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.catrs.local.broker.EmbeddedBroker;
import org.catrs.tests.Catrs;
import org.catrs.tests.Checkout;
import org.catrs.tests.ForkPorts;
import org.catrs.tests.stream.CertifierProcess;
import org.catrs.tests.stream.ImageProducer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The console's page, as a person sees it in Chromium; page.mjs says what is looked at. */
final class ConsolePageTest {
    private static final Path PAGE = Checkout.ROOT.resolve("tests/console");
    private static final Duration LIMIT = Duration.ofMinutes(10);

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void shouldShowCertificationToAPersonInBothThemes(@TempDir Path work) throws IOException, InterruptedException {
        Optional<Path> chromium = found("chromium");
        assumeTrue(chromium.isPresent(), "needs Chromium, of Debian's package chromium");
        assumeTrue(found("node").isPresent(), "needs Node.js, of Debian's package nodejs");
        assumeTrue(Files.isDirectory(PAGE.resolve("node_modules")), "needs what 'npm ci' installs in tests/console");
        try (EmbeddedBroker broker = EmbeddedBroker.start(work.resolve("broker"), ForkPorts.free());
                CertifierProcess service = CertifierProcess.launch(
                        work,
                        broker.bootstrapServers(),
                        Map.of("n", "1000", "record.max.seconds", "60"),
                        "--model",
                        "mnist-0.50");
                ImageProducer producer = new ImageProducer(broker.bootstrapServers())) {
            service.awaitReady();
            producer.sendPng("SECRET", new byte[] {1, 2, 3});
            producer.flush();
            try (Catrs publish = Catrs.run(
                    work,
                    Duration.ofMinutes(1),
                    "publish",
                    "--bootstrap-server",
                    broker.bootstrapServers(),
                    "--dataset",
                    "digits",
                    "--max",
                    "20")) {
                assertThat(publish.output()).contains("sent 20 images");
            }
            Path output = work.resolve("page.txt");
            Process page = new ProcessBuilder(
                            "node",
                            PAGE.resolve("page.mjs").toString(),
                            "http://" + service.address(),
                            chromium.get().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                assertThat(page.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
                assertThat(page.exitValue()).as(Files.readString(output)).isZero();
            } finally {
                page.destroyForcibly();
            }
        }
    }

    private static Optional<Path> found(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
