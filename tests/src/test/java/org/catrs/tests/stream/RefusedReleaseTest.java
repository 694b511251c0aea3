// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.catrs.local.broker.EmbeddedBroker;
import org.catrs.schemas.Sha256;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.event.ModelStatus;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.json.JsonRecords;
import org.catrs.schemas.model.ModelManifest;
import org.catrs.schemas.onnx.proto.GraphProto;
import org.catrs.schemas.onnx.proto.ModelProto;
import org.catrs.schemas.onnx.proto.StringStringEntryProto;
import org.catrs.schemas.onnx.proto.TensorProto;
import org.catrs.schemas.signature.ReleaseSignature;
import org.catrs.schemas.signature.SigningKey;
import org.catrs.schemas.store.SignedModel;
import org.catrs.schemas.topic.Topics;
import org.catrs.tests.ForkPorts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Releases that must not be served: each is told with its reason, and images go on with the model that was there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RefusedReleaseTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int GOOD = 2;
    private static final int BAD = 4;
    private static final long TEN_GIGABYTES = 10L << 30;

    private final AtomicInteger images = new AtomicInteger();

    private Path work;
    private Instant before;
    private EmbeddedBroker broker;
    private TestReleases releases;
    private CertifierProcess service;
    private ImageProducer producer;
    private CommittedRecords predicted;
    private ToldStatuses told;

    @BeforeAll
    void serveAGoodModel(@TempDir Path folder) throws IOException {
        work = folder;
        broker = EmbeddedBroker.start(work.resolve("broker"), ForkPorts.free());
        releases = new TestReleases(work, broker.bootstrapServers());
        before = Instant.now().minusMillis(1);
        releases.send(releases.store(TestReleases.NAME, GOOD));
        Map<String, String> settings = new TreeMap<>(releases.settings());
        String revoked = Sha256.of(bytes(RefusedReleaseTest::revoked));
        settings.put(
                "models.revoked",
                Files.writeString(work.resolve("revoked"), revoked).toString());
        service = CertifierProcess.launch(work, broker.bootstrapServers(), settings);
        service.awaitReady();
        producer = new ImageProducer(broker.bootstrapServers());
        predicted = new CommittedRecords(broker.bootstrapServers(), Topics.CERTIFIED_PREDICTIONS);
        told = new ToldStatuses(broker.bootstrapServers());
        told.await(ModelStatus.State.SERVED, TestReleases.NAME, GOOD);
    }

    @AfterAll
    void stop() {
        told.close();
        predicted.close();
        producer.close();
        service.close();
        releases.close();
        broker.close();
    }

    Stream<Arguments> badReleases() {
        return Stream.of(
                bad("WRONG_HASH", "bytes that do not match their hash", this::otherBytes),
                bad("WRONG_SIGNATURE", "a signature by an unknown key", this::unknownKey),
                bad("WRONG_SIGNATURE", "no signature", this::unsigned),
                bad("WRONG_SIGNATURE", "a manifest that was changed after it was signed", this::changedManifest),
                bad("OUTDATED", "one that was issued before the one that is served", this::older),
                bad("REVOKED", "a network that is revoked", () -> bad(RefusedReleaseTest::revoked)),
                bad("WRONG_MANIFEST", "another sigma than the signed one", this::otherSigma),
                bad("WRONG_MANIFEST", "another model's manifest", this::otherName),
                bad("NOT_ONNX", "truncated ONNX", this::truncated),
                bad("WRONG_SHAPE", "other input shapes than the manifest's", this::otherShape),
                bad("LOAD_FAILED", "another number of classes than the manifest's", this::otherClasses),
                bad("EXTERNAL_DATA", "values in another file", this::externalData),
                bad("CUSTOM_OPERATOR", "a custom operator", this::customOperator),
                bad("CUSTOM_OPERATOR", "an operator that ONNX does not have", this::unknownOperator),
                bad("TOO_LARGE", "a file of 10 GB", this::tenGigabyteFile),
                bad("TOO_LARGE", "a constant of 10 GB by its own account", this::tenGigabyteConstant),
                bad("LOCATION_NOT_ALLOWED", "another scheme", () -> at("http://127.0.0.1:1/models/")),
                bad("LOCATION_NOT_ALLOWED", "a bucket that is not allowed", () -> at("s3://bucket/models/")),
                bad("LOCATION_NOT_ALLOWED", "another folder", () -> at("file:///etc/")),
                bad("LOCATION_NOT_ALLOWED", "a folder whose name begins alike", () -> at(storeUri() + "s/model/")),
                bad("LOCATION_NOT_ALLOWED", "a way out by ..", () -> at(storeUri() + "/../keys/")),
                bad("LOCATION_NOT_ALLOWED", "a way out by encoded dots", () -> at(storeUri() + "/%2e%2e/keys/")),
                bad("LOCATION_NOT_ALLOWED", "a link out of the folder", this::linkedFolder),
                bad("LOCATION_NOT_ALLOWED", "a file that is a link out of the folder", this::linkedFile),
                bad("NOT_FOUND", "nothing at its location", () -> at(storeUri() + "/nothing/")));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("badReleases")
    void shouldRefuseAndGoOnWithTheOldModel(String reason, Callable<ModelRelease> release) throws Exception {
        ModelRelease bad = release.call();
        releases.send(bad);
        assertRefused(reason);
    }

    @ParameterizedTest
    @MethodSource("unreadableRecords")
    void shouldRefuseRecordsThatAreNoReleases(byte[] value) throws IOException {
        releases.send(TestReleases.NAME, value);
        assertRefused("MALFORMED_RELEASE");
    }

    Stream<byte[]> unreadableRecords() {
        return Stream.of(
                "this is no release".getBytes(StandardCharsets.UTF_8),
                "{\"name\":\"brightness\"}".getBytes(StandardCharsets.UTF_8),
                JsonRecords.write(releases.store("other", BAD)));
    }

    private void assertRefused(String reason) throws IOException {
        String key = "image-" + images.incrementAndGet();
        producer.sendPng(key, TestImages.png(230));
        ModelStatus status = told.await(one -> one.state() == ModelStatus.State.REFUSED);
        assertThat(status.reason()).isEqualTo(reason);
        assertThat(status.message()).isNotBlank();
        System.out.printf("%-20s  %s%n", status.reason(), status.message());
        assertThat(status.servedVersion()).isEqualTo(Integer.toString(GOOD));
        // The line comes after the status, and from another process.
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(service.log()).contains("release refused: ", "\"" + reason + "\""));

        List<ConsumerRecord<String, byte[]>> answers = predicted.pollUntil(
                LIMIT,
                records -> records.stream().anyMatch(answer -> answer.key().equals(key)));
        assertThat(JSON.readTree(answers.get(answers.size() - 1).value())
                        .path("model")
                        .path("version")
                        .asText())
                .isEqualTo(Integer.toString(GOOD));
    }

    private static Arguments bad(String reason, String what, Callable<ModelRelease> release) {
        return Arguments.of(reason, Named.of(what, release));
    }

    private ModelRelease otherBytes() throws IOException {
        ModelRelease release =
                releases.store(TestReleases.NAME, BAD, TestReleases.network(6).toByteArray());
        Files.write(Path.of(URI.create(release.location())).resolve("model.onnx"), bytes(network -> {}));
        return release;
    }

    private ModelRelease unknownKey() {
        SigningKey unknown = TestReleases.newKey(work.resolve("other.pem"), work.resolve("other-public.pem"));
        byte[] network = bytes(builder -> {});
        return TestReleases.store(folder(), manifest(network), network, unknown);
    }

    private ModelRelease unsigned() {
        return TestReleases.release(manifest(bytes(network -> {})), folder().toUri(), null);
    }

    private ModelRelease older() {
        ModelRelease newer = releases.store(TestReleases.NAME, BAD);
        URI location = URI.create(newer.location());
        byte[] json = JsonRecords.writeIndented(manifest(bytes(network -> {}))).getBytes(StandardCharsets.UTF_8);
        return SignedModel.sign(json, before, releases.key()).release(location, newer.plan());
    }

    private static void revoked(ModelProto.Builder network) {
        network.setProducerName("revoked");
    }

    private ModelRelease changedManifest() throws IOException {
        ModelRelease release = releases.store(TestReleases.NAME, BAD, bytes(network -> network.setProducerName("a")));
        Path manifest = Path.of(URI.create(release.location())).resolve(ModelManifest.FILE_NAME);
        Files.writeString(manifest, Files.readString(manifest) + " ");
        return release;
    }

    private ModelRelease otherSigma() {
        ModelRelease good = releases.store(TestReleases.NAME, BAD);
        return new ModelRelease(
                good.name(),
                good.version(),
                good.location(),
                good.sha256(),
                good.signature(),
                0.25,
                good.classNames(),
                good.inputShape(),
                good.plan(),
                good.issued());
    }

    private ModelRelease otherName() {
        ModelRelease other = releases.store("other", BAD);
        return new ModelRelease(
                TestReleases.NAME,
                other.version(),
                other.location(),
                other.sha256(),
                other.signature(),
                other.sigma(),
                other.classNames(),
                other.inputShape(),
                other.plan(),
                other.issued());
    }

    private ModelRelease truncated() {
        byte[] network = TestReleases.network(BAD).toByteArray();
        return releases.store(TestReleases.NAME, BAD, Arrays.copyOf(network, network.length / 2));
    }

    private ModelRelease otherShape() {
        byte[] network = TestReleases.network(BAD).toByteArray();
        ModelManifest right = manifest(network);
        return TestReleases.store(
                folder(), described(right, new ImageShape(1, 28, 28), right.classNames()), network, releases.key());
    }

    private ModelRelease otherClasses() {
        byte[] network = TestReleases.network(BAD).toByteArray();
        ModelManifest right = manifest(network);
        return TestReleases.store(
                folder(), described(right, right.inputShape(), List.of("a", "b", "c")), network, releases.key());
    }

    private static ModelManifest described(ModelManifest right, ImageShape shape, List<String> classNames) {
        return new ModelManifest(
                right.name(),
                right.version(),
                right.sha256(),
                shape,
                classNames,
                right.sigma(),
                right.architecture(),
                right.method(),
                right.hyperparameters(),
                right.dataset(),
                right.epochs(),
                right.seed(),
                right.engines(),
                null);
    }

    private ModelRelease externalData() {
        return bad(network -> weights(network)
                .clearRawData()
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue("../../keys/public.pem")));
    }

    private ModelRelease customOperator() {
        return bad(network -> network.getGraphBuilder().getNodeBuilder(0).setDomain("com.example"));
    }

    private ModelRelease unknownOperator() {
        return bad(network -> network.getGraphBuilder().getNodeBuilder(0).setOpType("Unheard"));
    }

    private ModelRelease tenGigabyteConstant() {
        return bad(network -> weights(network)
                .clearDims()
                .addDims(TEN_GIGABYTES / Float.BYTES / 2)
                .addDims(2)
                .setRawData(ByteString.copyFrom(new byte[8])));
    }

    /** It takes no room on the disk. */
    private ModelRelease tenGigabyteFile() throws IOException {
        ModelRelease release = bad(network -> network.setProducerName("large"));
        try (RandomAccessFile file =
                new RandomAccessFile(folder().resolve("model.onnx").toFile(), "rw")) {
            file.setLength(TEN_GIGABYTES);
        }
        return release;
    }

    private ModelRelease linkedFolder() throws IOException {
        Path outside = work.resolve("outside");
        byte[] network = bytes(builder -> builder.setProducerName("linked"));
        TestReleases.store(outside, manifest(network), network, releases.key());
        Path link = Files.createSymbolicLink(releases.folder().resolve("link"), outside);
        return signed(outside, network, link.toUri());
    }

    private ModelRelease linkedFile() throws IOException {
        ModelRelease release = bad(network -> network.setProducerName("linked file"));
        Path network = Path.of(URI.create(release.location())).resolve("model.onnx");
        Path outside = Files.move(network, work.resolve("outside.onnx"));
        Files.createSymbolicLink(network, outside);
        return release;
    }

    private ModelRelease signed(Path stored, byte[] network, URI location) {
        ModelRelease good = TestReleases.store(stored, manifest(network), network, releases.key());
        return TestReleases.release(manifest(network), location, new ReleaseSignature(good.issued(), good.signature()));
    }

    /** A good release but for its location. */
    private ModelRelease at(String location) {
        byte[] network = bytes(builder -> builder.setProducerName(location));
        return signed(work.resolve("elsewhere"), network, URI.create(location));
    }

    private ModelRelease bad(Consumer<ModelProto.Builder> change) {
        return releases.store(TestReleases.NAME, BAD, bytes(change));
    }

    private static byte[] bytes(Consumer<ModelProto.Builder> change) {
        ModelProto.Builder network = TestReleases.network(BAD).toBuilder();
        change.accept(network);
        return network.build().toByteArray();
    }

    private static TensorProto.Builder weights(ModelProto.Builder network) {
        GraphProto.Builder graph = network.getGraphBuilder();
        return graph.getInitializerBuilder(0);
    }

    private static ModelManifest manifest(byte[] network) {
        return TestReleases.manifest(TestReleases.NAME, BAD, Sha256.of(network));
    }

    private Path folder() {
        return releases.folder().resolve(TestReleases.NAME).resolve(Integer.toString(BAD));
    }

    private String storeUri() {
        return releases.folder().toUri().toString().replaceFirst("/$", "");
    }
}
