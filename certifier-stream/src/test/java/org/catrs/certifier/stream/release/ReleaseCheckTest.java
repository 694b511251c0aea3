// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.robothy.s3.rest.LocalS3;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.catrs.certifier.network.model.TestModel;
import org.catrs.certifier.stream.outcome.TestKeys;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.model.ModelManifest;
import org.catrs.schemas.signature.SigningKey;
import org.catrs.schemas.signature.VerificationKeys;
import org.catrs.schemas.store.ModelStore;
import org.catrs.schemas.store.ModelStores;
import org.catrs.schemas.store.S3Settings;
import org.catrs.schemas.store.SignedModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

class ReleaseCheckTest {
    @TempDir
    private Path work;

    private Path model;
    private Path cache;
    private TestKeys keys;
    private byte[] onnx;
    private final Fetches fetches = new Fetches(Duration.ofSeconds(30));

    @AfterEach
    void close() {
        fetches.close();
    }

    @BeforeEach
    void store() throws IOException {
        model = Files.createDirectories(work.resolve("store/rows"));
        cache = work.resolve("cache");
        keys = TestKeys.in(work);
        for (String file : List.of(ModelManifest.FILE_NAME, ModelManifest.ONNX_FILE_NAME)) {
            Files.copy(TestModel.folder().resolve(file), model.resolve(file));
        }
        onnx = Files.readAllBytes(model.resolve(ModelManifest.ONNX_FILE_NAME));
    }

    @Test
    void shouldFetchWhatWasReleased() throws IOException {
        CheckedModel checked = check(new ModelStores()).check(release(model.toUri()));
        assertThat(checked.onnx()).isEqualTo(onnx);
        assertThat(checked.manifest()).isEqualTo(ModelManifest.read(model.resolve(ModelManifest.FILE_NAME)));
        assertThat(ReleaseCheck.cachedFiles(release(model.toUri()))).containsExactlyInAnyOrderElementsOf(cachedFiles());
    }

    @Test
    void shouldTakeFromTheCacheWhatTheStoreHasNoMore() throws IOException {
        ModelRelease release = release(model.toUri());
        check(new ModelStores()).check(release);
        Files.move(work.resolve("store"), work.resolve("away"));
        assertThat(check(new ModelStores()).check(release).onnx()).isEqualTo(onnx);
    }

    @Test
    void shouldFetchAgainWhatIsDamagedInTheCache() throws IOException {
        ModelRelease release = release(model.toUri());
        check(new ModelStores()).check(release);
        for (String file : cachedFiles()) {
            Files.writeString(cache.resolve(file), "damaged");
        }
        assertThat(check(new ModelStores()).check(release).onnx()).isEqualTo(onnx);
    }

    @Test
    void shouldNotTakeFromTheCacheWhatAKeySignedThatCountsNoMore() throws IOException {
        ModelRelease release = release(model.toUri());
        check(new ModelStores()).check(release);
        keys = TestKeys.in(work);
        assertThatThrownBy(() -> check(new ModelStores()).check(release))
                .isInstanceOfSatisfying(
                        RefusedReleaseException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.WRONG_SIGNATURE));
    }

    @Test
    void shouldFetchFromS3AndSayThatItCannotBeReached() throws IOException {
        System.setProperty("aws.accessKeyId", "somebody");
        System.setProperty("aws.secretAccessKey", "secret");
        LocalS3 server = LocalS3.builder().port(-1).build();
        server.start();
        URI endpoint = URI.create("http://127.0.0.1:" + server.getPort());
        try (ModelStores stores = new ModelStores(new S3Settings(endpoint, "eu-central-1"))) {
            createBucket(endpoint);
            ModelStore bucket = stores.at(URI.create("s3://bucket/models/rows/"));
            for (String file : List.of(ModelManifest.FILE_NAME, ModelManifest.ONNX_FILE_NAME)) {
                bucket.write(file, model.resolve(file));
            }
            ModelRelease release = release(URI.create("s3://bucket/models/rows/"));
            assertThat(check(stores).check(release).onnx()).isEqualTo(onnx);

            server.shutdown();
            assertThat(check(stores).check(release).onnx()).as("from the cache").isEqualTo(onnx);
            cache = work.resolve("empty");
            assertThatThrownBy(() -> check(stores).check(release))
                    .isInstanceOfSatisfying(
                            RefusedReleaseException.class,
                            refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.STORE_UNREACHABLE));
        } finally {
            System.clearProperty("aws.accessKeyId");
            System.clearProperty("aws.secretAccessKey");
        }
    }

    @Test
    void shouldNotBlameTheStoreForACacheThatCannotBeUsed() throws IOException {
        try (ModelStores stores = new ModelStores()) {
            ModelRelease release = release(model.toUri());
            ReleaseCheck check = check(stores);
            deleteAll(cache);
            Files.writeString(cache, "a file in the folder's place");
            assertThatThrownBy(() -> check.check(release))
                    .isInstanceOfSatisfying(RefusedReleaseException.class, refusal -> {
                        assertThat(refusal.reason()).isEqualTo(RefusalReason.CACHE_UNUSABLE);
                        assertThat(refusal.reason().mayPass()).isTrue();
                        assertThat(refusal).hasMessageStartingWith(cache + "");
                    });
            Files.delete(cache);
            assertThat(check.check(release).onnx())
                    .as("a folder that vanished is made again")
                    .isEqualTo(onnx);
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void createBucket(URI endpoint) {
        try (S3Client admin = S3Client.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("somebody", "secret")))
                .build()) {
            admin.createBucket(request -> request.bucket("bucket"));
        }
    }

    private ReleaseCheck check(ModelStores stores) {
        return new ReleaseCheck(
                AllowedLocations.of(List.of(work.resolve("store").toUri().toString(), "s3://bucket/models/")),
                VerificationKeys.read(List.of(keys.publicKey())),
                new AllowedReleases(null, NewestIssues.open(work.resolve("newest")), Clock.systemUTC()),
                stores,
                fetches,
                ModelCache.open(cache, 1 << 20),
                1 << 20);
    }

    private ModelRelease release(URI location) throws IOException {
        byte[] json = Files.readAllBytes(model.resolve(ModelManifest.FILE_NAME));
        return SignedModel.sign(json, Instant.EPOCH, SigningKey.read(keys.privateKey()))
                .release(location, new ModelRelease.Plan("fixed", 100, 1_000, 0.001));
    }

    private List<String> cachedFiles() throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
