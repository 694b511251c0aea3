// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.catrs.local.broker.EmbeddedBroker;
import org.catrs.tests.Catrs;
import org.catrs.tests.Checkout;
import org.catrs.tests.ForkPorts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A consumer's audit: what the service signed is dumped from the topic, replayed, and checked in another language. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReplayTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<Integer> BRIGHTNESSES = List.of(230, 25, 140, 126, 60);

    private static final Path SHIPPED =
            Checkout.ROOT.resolve("schemas/files/src/main/resources/org/catrs/schemas/model/shipped/mnist-0.50");

    private static final int BARS = 3;

    private Path work;
    private Path images;
    private Path publicKey;
    private Path noiseKey;
    private String servers;
    private EmbeddedBroker broker;
    private CertifierProcess service;
    private Path dump;

    @BeforeAll
    void certify(@TempDir Path folder) throws Exception {
        work = folder;
        images = Files.createDirectories(work.resolve("images"));
        Path privateKey = work.resolve("private.pem");
        publicKey = work.resolve("public.pem");
        run("openssl", "genpkey", "-algorithm", "ed25519", "-out", privateKey.toString());
        run("openssl", "pkey", "-in", privateKey.toString(), "-pubout", "-out", publicKey.toString());
        Path privateNoiseKey = work.resolve("noise.pem");
        noiseKey = work.resolve("noise.pub.pem");
        Catrs.run(work, LIMIT, "keys", "new", "--out", privateNoiseKey.toString(), "--public", noiseKey.toString());
        broker = EmbeddedBroker.start(work.resolve("broker"), ForkPorts.free());
        servers = broker.bootstrapServers();
        service = CertifierProcess.start(
                work, servers, Map.of("signing.key", privateKey.toString(), "noise.key", privateNoiseKey.toString()));
        try (ImageProducer producer = new ImageProducer(servers)) {
            for (int brightness : BRIGHTNESSES) {
                String name = brightness + ".png";
                Files.write(images.resolve(name), TestImages.png(brightness));
                producer.sendPng(name, TestImages.png(brightness));
            }
        }
        dump = Files.writeString(
                work.resolve("watched.jsonl"),
                watch("--keys", publicKey.toString()).out());
    }

    @AfterAll
    void stop() {
        service.close();
        broker.close();
    }

    @Test
    void shouldHoldEveryCertificateThatTheServiceSigned() {
        Catrs replay = Catrs.run(
                work, LIMIT, replay(dump, "--keys", publicKey.toString(), "--noise-keys", noiseKey.toString()));

        assertThat(replay.out())
                .contains("230.png   holds   label 1   radius 1.231", "25.png   holds   label 0   radius 1.231")
                .contains("5 certificates: 5 hold, 0 do not")
                .doesNotContain("Seeds are not proved");
    }

    @Test
    void shouldFindTheCertificateThatWasAltered() throws IOException {
        Path altered = Files.writeString(
                work.resolve("altered.jsonl"), Files.readString(dump).replaceFirst("\"radius\":1\\.", "\"radius\":2."));

        Catrs replay = Catrs.start(work, replay(altered));

        assertThat(replay.awaitExit(LIMIT)).isEqualTo(1);
        assertThat(replay.out())
                .contains("DOES NOT HOLD   radius is 2.", "5 certificates: 4 hold, 1 do not")
                .contains("Signatures were not looked at (--keys)", "Seeds are not proved (--noise-keys)");
    }

    @Test
    void shouldNotTrustAnotherKey() throws Exception {
        Path other = work.resolve("other.pem");
        Path otherPublic = work.resolve("other-public.pem");
        run("openssl", "genpkey", "-algorithm", "ed25519", "-out", other.toString());
        run("openssl", "pkey", "-in", other.toString(), "-pubout", "-out", otherPublic.toString());

        Catrs watch = Catrs.start(work, watching("--keys", otherPublic.toString()));

        assertThat(watch.awaitExit(LIMIT)).isEqualTo(1);
        assertThat(watch.err())
                .contains("DO NOT TRUST 230.png: it names the key ", "0 predictions are signed by a known key");
        assertThat(watch.out()).hasLineCount(BRIGHTNESSES.size());
    }

    @Test
    void shouldReplayADumpOfKcat() throws Exception {
        assumeThat(exit(List.of("kcat", "-V"))).as("kcat runs").isZero();
        List<String> command = new ArrayList<>(List.of("kcat", "-C", "-q", "-e", "-b", servers));
        command.addAll(List.of("-t", "certified-predictions", "-X", "isolation.level=read_committed"));

        Path file = Files.writeString(work.resolve("kcat.jsonl"), output(command));

        assertThat(Catrs.run(work, LIMIT, replay(file, "--keys", publicKey.toString()))
                        .out())
                .contains("5 certificates: 5 hold, 0 do not");
    }

    @Test
    void shouldAgreeWithAnotherImplementation() throws Exception {
        assumeThat(exit(List.of("/usr/bin/python3", "-c", "import cryptography, mpmath, onnx, PIL, scipy, torch")))
                .as("Python has the packages that tests/replay.py needs")
                .isZero();

        List<String> lines = output(python(
                        dump,
                        images,
                        CertifierProcess.BRIGHTNESS,
                        "--key",
                        publicKey.toString(),
                        "--noise-key",
                        noiseKey.toString()))
                .lines()
                .toList();
        assertThat(lines)
                .hasSize(BRIGHTNESSES.size() + 1)
                .last()
                .isEqualTo("Policies were not looked at (--policies).");
        assertThat(lines.subList(0, BRIGHTNESSES.size()))
                .allMatch(line ->
                        line.matches(".*\\.png   agrees, counts at most \\d votes apart   weak: policy not checked"));

        Path altered = Files.writeString(
                work.resolve("altered-seconds.jsonl"),
                Files.readString(dump).replaceFirst("\"seconds\":0\\.", "\"seconds\":9."));
        assertThat(exit(python(
                        altered,
                        images,
                        CertifierProcess.BRIGHTNESS,
                        "--key",
                        publicKey.toString(),
                        "--noise-key",
                        noiseKey.toString())))
                .isEqualTo(1);
    }

    /** Sums of integers are the same everywhere: no vote may be another. */
    @Test
    void shouldAgreeOnEveryVoteOfAnInt8Network() throws Exception {
        assumeThat(exit(List.of("/usr/bin/python3", "-c", "import cryptography, mpmath, numpy, onnx, PIL, scipy")))
                .as("Python has the packages that tests/replay.py needs for int8 networks")
                .isZero();
        Path model = Files.createDirectories(work.resolve("mnist-0.50"));
        for (String name : List.of("model.onnx", "model.json", "calibration.bin")) {
            Files.copy(SHIPPED.resolve(name), model.resolve(name));
        }
        List<String> command = new ArrayList<>(List.of("certify", "--model", model.toString(), "--precision", "int8"));
        command.addAll(List.of("--n", "500", "--json"));
        Path bars = Files.createDirectories(work.resolve("bars"));
        for (int bar = 0; bar < BARS; bar++) {
            command.add(bar(bars.resolve(bar + ".png"), bar));
        }
        Path certificates = Files.writeString(
                work.resolve("int8.jsonl"),
                Catrs.run(work, LIMIT, command.toArray(String[]::new)).out());

        assertThat(output(python(certificates, bars, model.resolve("int8-0.5"))).lines())
                .endsWith("Seeds are not proved (--noise-key).")
                .hasSize(BARS + 1)
                .filteredOn(line -> line.contains(".png"))
                .hasSize(BARS)
                .allMatch(line -> line.endsWith(
                        ".png   agrees, counts at most 0 votes apart   weak: not signed, seed not forced"));

        Path altered = Files.writeString(
                work.resolve("int8-altered.jsonl"),
                Files.readString(certificates).replaceFirst("\"selectionCounts\":\\[", "\"selectionCounts\":[1"));
        assertThat(exit(python(altered, bars, model.resolve("int8-0.5")))).isEqualTo(1);
    }

    /** A bar on an image of the size of digits; gives its file. */
    private static String bar(Path file, int place) throws IOException {
        BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
        for (int row = 4; row < 24; row++) {
            for (int column = 0; column < 4; column++) {
                image.getRaster().setSample(8 + 3 * place + column, row, 0, 255 - 40 * place);
            }
        }
        ImageIO.write(image, "png", file.toFile());
        return file.toString();
    }

    private List<String> python(Path certificates, Path folder, Path model, String... options) {
        List<String> command =
                new ArrayList<>(List.of(Checkout.ROOT.resolve("tests/replay.py").toString()));
        command.addAll(List.of("--certificates", certificates.toString(), "--images", folder.toString()));
        command.addAll(List.of("--model", model.resolve("model.onnx").toString()));
        command.addAll(List.of(options));
        return command;
    }

    private Catrs watch(String... options) {
        return Catrs.run(work, LIMIT, watching(options));
    }

    private String[] watching(String... options) {
        List<String> command = new ArrayList<>(List.of("watch", "--bootstrap-server", servers, "--from-beginning"));
        command.addAll(List.of("--json", "--max", "" + BRIGHTNESSES.size()));
        command.addAll(List.of(options));
        return command.toArray(String[]::new);
    }

    private String[] replay(Path certificates, String... options) {
        List<String> command = new ArrayList<>(List.of("replay", "--certificates", certificates.toString()));
        command.addAll(List.of("--images", images.toString(), "--model", CertifierProcess.BRIGHTNESS.toString()));
        command.addAll(List.of(options));
        return command.toArray(String[]::new);
    }

    private static void run(String... command) throws Exception {
        assertThat(exit(List.of(command))).isZero();
    }

    private static int exit(List<String> command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } catch (IOException e) {
            return -1;
        }
    }

    private static String output(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String text = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(text).isZero();
        return text;
    }
}
