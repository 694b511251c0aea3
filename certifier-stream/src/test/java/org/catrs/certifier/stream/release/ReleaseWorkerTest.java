// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.StringSerializer;
import org.catrs.certifier.network.model.ModelOverrides;
import org.catrs.certifier.network.model.OpenModel;
import org.catrs.certifier.network.model.TestModel;
import org.catrs.certifier.stream.outcome.TestKeys;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.event.ModelStatus;
import org.catrs.schemas.model.ModelManifest;
import org.catrs.schemas.serde.EventFormat;
import org.catrs.schemas.serde.EventSerdes;
import org.catrs.schemas.signature.SigningKey;
import org.catrs.schemas.signature.VerificationKeys;
import org.catrs.schemas.store.ModelStores;
import org.catrs.schemas.store.SignedModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worker's thread is the test's: it does its work when the test says so. */
class ReleaseWorkerTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final ModelRelease.Plan PLAN = new ModelRelease.Plan("fixed", 100, 1_000, 0.001);

    @TempDir
    private Path work;

    private final ManualExecutor executor = new ManualExecutor();
    private final FakeModels models = new FakeModels();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Fetches fetches = new Fetches(Duration.ofSeconds(30));
    private final ModelStores stores = new ModelStores();
    private final MockProducer<String, ModelStatus> statuses = new MockProducer<>(
            true,
            new RoundRobinPartitioner(),
            new StringSerializer(),
            EventSerdes.serializer(ModelStatus.class, EventFormat.JSON, null));
    private int changes;
    private Instant issued = NOW.minusSeconds(60);
    private Path revocations;
    private TestKeys keys;
    private ReleaseWorker worker;

    @BeforeEach
    void startForTheFirstTime() {
        keys = TestKeys.in(work);
        worker = newWorker();
    }

    @AfterEach
    void close() {
        worker.close();
        models.close();
        fetches.close();
        stores.close();
    }

    @Test
    void shouldServeReleasesInTheirOrder() throws IOException {
        begin();
        submit(release("rows", "1"));
        executor.run();
        submit(release("rows", "2"));
        submit(release("other", "1"));
        executor.run();
        assertThat(models.told).containsExactly("serve rows 1", "serve rows 2", "serve other 1");
        assertThat(told())
                .containsExactly(
                        "LOADING rows 1, served none",
                        "SERVED rows 1, served 1",
                        "LOADING rows 2, served 1",
                        "SERVED rows 2, served 2",
                        "LOADING other 1, served none",
                        "SERVED other 1, served 1");
        assertThat(changes).isEqualTo(3);
        assertThat(registry.get("catrs.model.swaps").counter().count()).isEqualTo(3);
    }

    @Test
    void shouldCarryOutOnlyTheLastOfTheChangesThatWait() throws IOException {
        submit(release("rows", "1"));
        submit(release("rows", "2"));
        begin();
        assertThat(models.told).containsExactly("serve rows 2");
        submit(release("rows", "3"));
        worker.submit("rows", new ModelChange.Retired());
        submit(release("rows", "4"));
        executor.run();
        assertThat(models.told).containsExactly("serve rows 2", "serve rows 4");
    }

    @Test
    void shouldSayThatItHasCaughtUpAfterWhatWasReleasedBefore() throws IOException {
        submit(release("rows", "1"));
        submit(unsigned("other"));
        worker.begin(() -> models.told.add("caught up"));
        submit(release("later", "1"));
        executor.run();
        assertThat(models.told).containsExactly("serve rows 1", "caught up", "serve later 1");
    }

    @Test
    void shouldGoOnServingWhenTheNextReleaseIsRefused() throws IOException {
        begin();
        submit(release("rows", "1"));
        executor.run();
        submit(unsigned("rows"));
        executor.run();
        assertThat(models.told).containsExactly("serve rows 1");
        assertThat(told())
                .endsWith("LOADING rows unsigned, served 1", "REFUSED rows unsigned, served 1: WRONG_SIGNATURE");
        assertThat(executor.delays()).as("nobody mends a signature by waiting").isEmpty();
        assertThat(changes).isEqualTo(2);
        submit(release("rows", "2"));
        executor.run();
        assertThat(models.told).endsWith("serve rows 2");
    }

    @Test
    void shouldRefuseWhatIsNoRelease() {
        begin();
        worker.submit("rows", new ModelChange.Unreadable("the record is no release"));
        executor.run();
        assertThat(told()).containsExactly("REFUSED rows null, served none: MALFORMED_RELEASE");
    }

    @Test
    void shouldRefuseAModelThatDoesNotRunAndGoOn() throws IOException {
        begin();
        models.failure = new IllegalStateException("not this one");
        submit(release("rows", "1"));
        executor.run();
        assertThat(told()).endsWith("REFUSED rows 1, served none: LOAD_FAILED");
        models.failure = new OutOfMemoryError("too large");
        submit(release("rows", "2"));
        executor.run();
        assertThat(told()).endsWith("REFUSED rows 2, served none: OUT_OF_MEMORY");
        models.failure = null;
        submit(release("rows", "3"));
        executor.run();
        assertThat(told()).endsWith("SERVED rows 3, served 3");
    }

    @Test
    void shouldTryAgainWithLongerPausesUntilTheStoreHasTheModel() throws IOException {
        begin();
        ModelRelease release = release("rows", "1");
        Path away = Files.move(work.resolve("store"), work.resolve("away"));
        submit(release);
        executor.run();
        executor.runDelayed();
        executor.runDelayed();
        assertThat(told().stream().filter(status -> status.equals("REFUSED rows 1, served none: NOT_FOUND")))
                .hasSize(3);
        Files.move(away, work.resolve("store"));
        executor.runDelayed();
        assertThat(told()).endsWith("SERVED rows 1, served 1");
        assertThat(executor.delays())
                .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
        assertThat(registry.get("catrs.model.refused")
                        .tag("reason", "NOT_FOUND")
                        .counter()
                        .count())
                .isEqualTo(3);
    }

    @Test
    void shouldPauseNoLongerThanAMinute() throws IOException {
        begin();
        ModelRelease release = release("rows", "1");
        Files.move(work.resolve("store"), work.resolve("away"));
        submit(release);
        executor.run();
        for (int attempt = 0; attempt < 8; attempt++) {
            executor.runDelayed();
        }
        assertThat(executor.delays()).endsWith(Duration.ofMinutes(1), Duration.ofMinutes(1));
    }

    @Test
    void shouldNotTryAgainWhatAnotherReleaseHasReplaced() throws IOException {
        begin();
        ModelRelease absent = release("rows", "1");
        Files.move(folder("rows", "1"), work.resolve("away"));
        submit(absent);
        executor.run();
        submit(release("rows", "2"));
        executor.run();
        Files.move(work.resolve("away"), folder("rows", "1"));
        executor.runDelayed();
        assertThat(models.told).containsExactly("serve rows 2");
        assertThat(told()).endsWith("SERVED rows 2, served 2");
    }

    @Test
    void shouldServeNoMoreWhatIsRetired() throws IOException {
        begin();
        submit(release("rows", "1"));
        executor.run();
        worker.submit("rows", new ModelChange.Retired());
        executor.run();
        assertThat(models.told).containsExactly("serve rows 1", "retire rows");
        assertThat(told()).endsWith("RETIRED rows null, served none");
        assertThat(LastReleases.open(work.resolve("last")).all()).isEmpty();
    }

    @Test
    void shouldServeAfterARestartWhatWasServedLastWhenTheNewReleaseIsRefused() throws IOException {
        begin();
        submit(release("rows", "1"));
        executor.run();
        restart();
        submit(unsigned("rows"));
        begin();
        assertThat(models.told).containsExactly("serve rows 1");
        assertThat(told()).endsWith("SERVED rows 1, served 1", "REFUSED rows unsigned, served 1: WRONG_SIGNATURE");
        assertThat(message()).contains("version 1, which was served last, is served again");
    }

    @Test
    void shouldForgetAfterARestartWhatTheTopicHoldsNoMore() throws IOException {
        begin();
        submit(release("rows", "1"));
        submit(release("other", "1"));
        executor.run();
        restart();
        submit(release("other", "2"));
        begin();
        assertThat(LastReleases.open(work.resolve("last")).all())
                .extracting(ModelRelease::name)
                .containsExactly("other");
        assertThat(models.told).containsExactly("serve other 2");
    }

    @Test
    void shouldRefuseAnOlderReleaseThatSomebodyWithoutTheKeySendsAgain() throws IOException {
        begin();
        ModelRelease first = release("rows", "1");
        submit(first);
        executor.run();
        submit(release("rows", "2"));
        executor.run();
        submit(first);
        executor.run();
        assertThat(models.told).containsExactly("serve rows 1", "serve rows 2");
        assertThat(told()).endsWith("REFUSED rows 1, served 2: OUTDATED");
        assertThat(message())
                .isEqualTo("this release of rows was issued at 2026-11-30T11:59:01Z, and one that was issued at"
                        + " 2026-11-30T11:59:02Z was served already; 'models release FOLDER --key F' issues the older"
                        + " model anew, if it is to be served again");
        assertThat(executor.delays()).as("nobody mends it by waiting").isEmpty();
    }

    @Test
    void shouldRefuseAReleaseThatWasGivenALaterTimeWithoutTheKey() throws IOException {
        begin();
        ModelRelease first = release("rows", "1");
        submit(release("rows", "2"));
        executor.run();
        submit(issued(first, NOW.toEpochMilli()));
        executor.run();
        submit(issued(first, null));
        executor.run();
        assertThat(models.told).containsExactly("serve rows 2");
        assertThat(told())
                .containsSubsequence(
                        "REFUSED rows 1, served 2: WRONG_SIGNATURE", "REFUSED rows 1, served 2: WRONG_SIGNATURE");
    }

    @Test
    void shouldRefuseAnOlderReleaseAfterARestartAndServeAgainWhatWasServedLast() throws IOException {
        begin();
        ModelRelease first = release("rows", "1");
        submit(first);
        executor.run();
        submit(release("rows", "2"));
        executor.run();
        restart();
        submit(first);
        begin();
        assertThat(models.told).containsExactly("serve rows 2");
        assertThat(told()).endsWith("SERVED rows 2, served 2", "REFUSED rows 1, served 2: OUTDATED");
    }

    @Test
    void shouldRefuseAnOlderReleaseAlsoWhenTheModelWasRetiredBetween() throws IOException {
        begin();
        ModelRelease first = release("rows", "1");
        submit(release("rows", "2"));
        executor.run();
        worker.submit("rows", new ModelChange.Retired());
        executor.run();
        restart();
        submit(first);
        begin();
        assertThat(models.told).isEmpty();
        assertThat(told()).endsWith("REFUSED rows 1, served none: OUTDATED");
    }

    @Test
    void shouldRollBackWhenWhoeverHasTheKeyIssuesTheOlderModelAnew() throws IOException {
        begin();
        submit(release("rows", "1"));
        executor.run();
        ModelRelease second = release("rows", "2");
        submit(second);
        executor.run();
        submit(release("rows", "1"));
        executor.run();
        submit(second);
        executor.run();
        assertThat(models.told).containsExactly("serve rows 1", "serve rows 2", "serve rows 1");
        assertThat(told()).endsWith("REFUSED rows 2, served 1: OUTDATED");
    }

    @Test
    void shouldTakeTheSameReleaseAgain() throws IOException {
        begin();
        ModelRelease only = release("rows", "1");
        submit(only);
        executor.run();
        restart();
        submit(only);
        begin();
        assertThat(told()).endsWith("SERVED rows 1, served 1");
    }

    @Test
    void shouldNotLetOneThatWasRefusedStandInTheWayOfWhatIsServed() throws IOException {
        begin();
        ModelRelease first = release("rows", "1");
        submit(first);
        executor.run();
        models.failure = new IllegalStateException("not this one");
        submit(release("rows", "2"));
        executor.run();
        models.failure = null;
        submit(first);
        executor.run();
        assertThat(told()).endsWith("SERVED rows 1, served 1");
    }

    @Test
    void shouldWaitForTheTimeAtWhichAReleaseSaysItWasIssued() throws IOException {
        begin();
        submit(release("rows", "1", NOW.plusSeconds(3_600)));
        executor.run();
        assertThat(told()).endsWith("SERVED rows 1, served 1");
        submit(release("other", "1", NOW.plusSeconds(3_601)));
        executor.run();
        assertThat(told()).endsWith("REFUSED other 1, served none: NOT_YET_ISSUED");
        assertThat(executor.delays()).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void shouldRefuseByConfigurationWhatNoDiskRemembers() throws IOException {
        ModelRelease first = release("rows", "1");
        ModelRelease second = release("rows", "2");
        revoke("rows before " + Instant.ofEpochMilli(second.issued()));
        restart();
        submit(first);
        begin();
        assertThat(told()).endsWith("REFUSED rows 1, served none: REVOKED");
        submit(second);
        executor.run();
        assertThat(told()).endsWith("SERVED rows 2, served 2");
    }

    @Test
    void shouldServeNoMoreWhatIsRevokedMeanwhileAndServeItAgainWhenThatIsTakenBack() throws IOException {
        revoke("# nothing yet");
        restart();
        begin();
        submit(release("rows", "1"));
        submit(release("other", "1"));
        executor.run();
        changes = 0;
        worker.lookForRevocations();
        assertThat(changes).as("nothing was revoked").isZero();

        revoke("rows before " + NOW);
        worker.lookForRevocations();
        assertThat(models.told).endsWith("retire rows");
        assertThat(models.served("other")).isPresent();
        assertThat(told()).endsWith("REFUSED rows 1, served none: REVOKED");
        assertThat(message())
                .isEqualTo("this release of rows was issued at 2026-11-30T11:59:01Z, and all before"
                        + " 2026-11-30T12:00:00Z are revoked; it is served no more");
        assertThat(changes).isEqualTo(1);

        revoke("# a mistake");
        worker.lookForRevocations();
        assertThat(told()).endsWith("SERVED rows 1, served 1");
    }

    @Test
    void shouldNotServeAfterARestartWhatWasRevokedMeanwhile() throws IOException {
        begin();
        ModelRelease first = release("rows", "1");
        submit(first);
        executor.run();
        revoke(first.sha256());
        restart();
        submit(unsigned("rows"));
        begin();
        assertThat(models.told).isEmpty();
        assertThat(message()).contains("version 1, which was served last, is not served again, because the network ");
    }

    @Test
    void shouldGoOnWithWhatWasRevokedWhenTheListCannotBeReadAnyMore() throws IOException {
        ModelRelease first = release("rows", "1");
        revoke(first.sha256());
        restart();
        begin();
        revoke("nonsense");
        worker.lookForRevocations();
        submit(first);
        executor.run();
        assertThat(told()).endsWith("REFUSED rows 1, served none: REVOKED");
    }

    @Test
    void shouldCarryOutTheNextChangeAfterAnErrorOfItsOwn() throws IOException {
        begin();
        models.errorOfRetiring = new IllegalStateException("an error in catrs");
        worker.submit("rows", new ModelChange.Retired());
        submit(release("other", "1"));
        executor.run();
        assertThat(models.told).containsExactly("serve other 1");
    }

    @Test
    void shouldCarryOutNothingMoreOnceItIsClosed() throws IOException {
        begin();
        submit(release("rows", "1"));
        worker.close();
        executor.run();
        assertThat(models.told).isEmpty();
    }

    private void begin() {
        worker.begin(() -> {});
        executor.run();
    }

    private void submit(ModelRelease release) {
        worker.submit(release.name(), new ModelChange.Released(release));
    }

    private void restart() {
        models.close();
        models.told.clear();
        statuses.clear();
        worker = newWorker();
    }

    private ReleaseWorker newWorker() {
        ModelCache cache = ModelCache.open(work.resolve("cache"), 1 << 20);
        AllowedReleases allowed = new AllowedReleases(
                revocations, NewestIssues.open(work.resolve("newest")), Clock.fixed(NOW, ZoneOffset.UTC));
        ReleaseCheck check = new ReleaseCheck(
                AllowedLocations.of(List.of(work.resolve("store").toUri().toString())),
                VerificationKeys.read(List.of(keys.publicKey())),
                allowed,
                stores,
                fetches,
                cache,
                1 << 20);
        return new ReleaseWorker(
                check,
                allowed,
                cache,
                LastReleases.open(work.resolve("last")),
                ModelOverrides.DEFAULT,
                models,
                new StatusTopic("model-status", "host:8080", statuses),
                new ReleaseMeters(registry),
                () -> changes++,
                executor);
    }

    private Path folder(String name, String version) {
        return work.resolve("store").resolve(name).resolve(version);
    }

    /** A release of a model that lies in the store, a second later than the one before. */
    private ModelRelease release(String name, String version) throws IOException {
        issued = issued.plusSeconds(1);
        return release(name, version, issued);
    }

    private ModelRelease release(String name, String version, Instant when) throws IOException {
        Path folder = Files.createDirectories(folder(name, version));
        Path onnx = folder.resolve(ModelManifest.ONNX_FILE_NAME);
        if (!Files.exists(onnx)) {
            Files.copy(TestModel.folder().resolve(ModelManifest.ONNX_FILE_NAME), onnx);
        }
        byte[] json = Files.readString(TestModel.folder().resolve(ModelManifest.FILE_NAME))
                .replace("\"name\": \"rows\"", "\"name\": \"" + name + "\"")
                .replace("\"version\": \"1\"", "\"version\": \"" + version + "\"")
                .getBytes(StandardCharsets.UTF_8);
        Files.write(folder.resolve(ModelManifest.FILE_NAME), json);
        return SignedModel.sign(json, when, SigningKey.read(keys.privateKey())).release(folder.toUri(), PLAN);
    }

    private void revoke(String line) throws IOException {
        revocations = Files.writeString(work.resolve("revoked"), line + "\n");
    }

    private static ModelRelease issued(ModelRelease release, Long when) {
        return new ModelRelease(
                release.name(),
                release.version(),
                release.location(),
                release.sha256(),
                release.signature(),
                release.sigma(),
                release.classNames(),
                release.inputShape(),
                release.plan(),
                when);
    }

    private String message() {
        return statuses.history().get(statuses.history().size() - 1).value().message();
    }

    private ModelRelease unsigned(String name) throws IOException {
        ModelRelease signed = release(name, "unsigned");
        return new ModelRelease(
                signed.name(),
                signed.version(),
                signed.location(),
                signed.sha256(),
                null,
                signed.sigma(),
                signed.classNames(),
                signed.inputShape(),
                signed.plan(),
                signed.issued());
    }

    private List<String> told() {
        return statuses.history().stream()
                .map(sent -> sent.value())
                .map(status -> status.state() + " " + status.name() + " " + status.version() + ", served "
                        + Optional.ofNullable(status.servedVersion()).orElse("none")
                        + (status.reason() == null ? "" : ": " + status.reason()))
                .toList();
    }

    /** Holds what it was given to serve, unless it shall fail. */
    private static final class FakeModels implements ServedModels, AutoCloseable {
        private final List<String> told = new ArrayList<>();
        private final Map<String, OpenModel> served = new TreeMap<>();
        private Throwable failure;
        private RuntimeException errorOfRetiring;

        @Override
        public void serve(OpenModel model) {
            if (failure != null) {
                model.close();
                if (failure instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) failure;
            }
            told.add("serve " + model.identity().name() + " " + model.identity().version());
            replace(model.identity().name(), model);
        }

        @Override
        public void retire(String name) {
            if (errorOfRetiring != null) {
                throw errorOfRetiring;
            }
            told.add("retire " + name);
            replace(name, null);
        }

        private void replace(String name, OpenModel model) {
            OpenModel before = model == null ? served.remove(name) : served.put(name, model);
            if (before != null) {
                before.close();
            }
        }

        @Override
        public boolean areInUse() {
            return !served.isEmpty();
        }

        @Override
        public Optional<CertifiedPrediction.Model> served(String name) {
            return Optional.ofNullable(served.get(name)).map(OpenModel::identity);
        }

        @Override
        public void close() {
            served.values().forEach(OpenModel::close);
            served.clear();
        }
    }
}
