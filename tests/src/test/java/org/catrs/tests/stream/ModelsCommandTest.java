// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.catrs.local.broker.EmbeddedBroker;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.event.ModelStatus;
import org.catrs.schemas.event.ModelStatus.State;
import org.catrs.schemas.store.SignedModel;
import org.catrs.tests.Catrs;
import org.catrs.tests.ForkPorts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator releases, looks, rolls back and retires, with a certifier at work. */
final class ModelsCommandTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path work;

    @Test
    void shouldReleaseListTellAndRetire() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(work.resolve("broker"), ForkPorts.free());
                TestReleases releases = new TestReleases(work, broker.bootstrapServers());
                ToldStatuses told = new ToldStatuses(broker.bootstrapServers());
                CertifierProcess service =
                        CertifierProcess.launch(work, broker.bootstrapServers(), releases.settings())) {
            String brokers = broker.bootstrapServers();
            assertThat(models(brokers, "list").out().lines()).hasSize(1);
            ModelRelease second = releases.store(TestReleases.NAME, 2);
            String folder = releases.folder().resolve(TestReleases.NAME).toString();
            String key = work.resolve("signing.pem").toString();
            assertThat(models(brokers, "release", folder + "/2", "--key", key)
                            .out()
                            .strip())
                    .matches("released brightness 2 \\(sha256 " + second.sha256() + ", plan fixed, issued \\S+Z\\)");
            told.await(State.SERVED, TestReleases.NAME, 2);
            service.awaitReady();

            releases.store(TestReleases.NAME, 3);
            TestReleases.newKey(work.resolve("unknown.pem"), work.resolve("unknown-public.pem"));
            models(
                    brokers,
                    "release",
                    folder + "/3",
                    "--key",
                    work.resolve("unknown.pem").toString());
            ModelStatus refused = told.await(State.REFUSED, TestReleases.NAME, 3);
            assertThat(models(brokers, "list").out().lines().skip(1))
                    .singleElement()
                    .asString()
                    .contains(
                            "brightness",
                            " 3 ",
                            " 0.5 ",
                            "3x8x8",
                            releases.folder().toUri() + "brightness/3/");
            assertThat(models(brokers, "status").out())
                    .containsPattern("brightness +" + refused.instance() + " +REFUSED +3 +2 +WRONG_SIGNATURE")
                    .contains("brightness 3 on " + refused.instance() + ": " + refused.message());

            Path signature = Path.of(folder, "2", "model.json.sig");
            byte[] manifest = Files.readAllBytes(Path.of(folder, "2", "model.json"));
            Files.write(
                    signature,
                    SignedModel.sign(manifest, Instant.EPOCH, releases.key()).signatureFile());
            String url = Path.of(folder, "2").toUri().toString();
            models(brokers, "release", url);
            assertThat(told.await(State.REFUSED, TestReleases.NAME, 2).reason()).isEqualTo("OUTDATED");
            models(brokers, "release", url, "--key", key);
            told.await(State.SERVED, TestReleases.NAME, 2);

            Path certifier = Files.writeString(work.resolve("certifier.properties"), "signing.key=" + key + "\n");
            Catrs oneKey = Catrs.start(
                    work,
                    "models",
                    "release",
                    url,
                    "--key",
                    key,
                    "--config",
                    certifier.toString(),
                    "--bootstrap-server",
                    brokers);
            assertThat(oneKey.awaitExit(LIMIT)).isEqualTo(1);
            assertThat(oneKey.err()).contains("this key signs certificates", "must not sign models");

            assertThat(models(brokers, "retire", TestReleases.NAME).out())
                    .isEqualToIgnoringNewLines("retired brightness");
            told.awaitRetired(TestReleases.NAME);
            assertThat(service.get("/health/ready").body()).contains("the default model was retired or revoked");
            assertThat(models(brokers, "status").out()).containsPattern("RETIRED +- +- +-");
            Catrs again = Catrs.start(work, "models", "retire", "absent", "--bootstrap-server", brokers);
            assertThat(again.awaitExit(LIMIT)).isEqualTo(1);
            assertThat(again.err()).contains("there is no model absent to retire");
        }
    }

    private Catrs models(String brokers, String... arguments) {
        List<String> all = new ArrayList<>(List.of("models"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--bootstrap-server", brokers));
        return Catrs.run(work, LIMIT, all.toArray(String[]::new));
    }
}
