// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.robothy.s3.rest.LocalS3;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.catrs.schemas.InvalidDataException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The store against a server that speaks S3. */
class S3StoreTest {
    private static LocalS3 server;
    private static ModelStores stores;
    private static ModelStore store;

    @BeforeAll
    static void startServer() {
        server = LocalS3.builder().port(-1).build();
        server.start();
        URI endpoint = URI.create("http://127.0.0.1:" + server.getPort());
        System.setProperty("aws.accessKeyId", "somebody");
        System.setProperty("aws.secretAccessKey", "secret");
        try (S3Client admin = S3Client.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("somebody", "secret")))
                .build()) {
            admin.createBucket(request -> request.bucket("models"));
        }
        stores = new ModelStores(new S3Settings(endpoint, "eu-central-1"));
        store = stores.at(URI.create("s3://models/some/folder"));
    }

    @AfterAll
    static void stopServer() {
        stores.close();
        server.shutdown();
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    @Test
    void shouldReadWhatWasWritten(@TempDir Path folder) throws IOException {
        store.write("digits/1/model.onnx", "first".getBytes(UTF_8));
        store.write("digits/1/model.onnx", Files.writeString(folder.resolve("source"), "second"));
        assertThat(read(store, "digits/1/model.onnx", 6)).isEqualTo("second");
        URI written = store.uri("digits/1/");
        assertThat(written).isEqualTo(URI.create("s3://models/some/folder/digits/1/"));
        assertThat(read(stores.at(written), "model.onnx", 6)).isEqualTo("second");
    }

    @Test
    void shouldSayThatThereIsNoFile() throws IOException {
        assertThatThrownBy(() -> store.read("absent", 10)).isInstanceOf(NoSuchFileException.class);
        store.delete("absent");
        store.write("deleted", new byte[3]);
        store.delete("deleted");
        assertThatThrownBy(() -> store.read("deleted", 10))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("s3://models/some/folder/deleted");
    }

    @Test
    void shouldRefuseMoreThanIsAllowed() throws IOException {
        store.write("large", new byte[11]);
        assertThatThrownBy(() -> store.read("large", 10))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("has 11 bytes, at most 10 are allowed");
    }

    @Test
    void shouldNotWaitForTheRestOfAFileThatIsClosed() throws IOException {
        store.write("closed", new byte[100_000]);
        try (InputStream in = store.read("closed", 100_000)) {
            assertThat(in.read()).isZero();
        }
        assertThat(read(store, "closed", 100_000)).hasSize(100_000);
    }

    @Test
    void shouldSayThatTheServerFails() {
        ModelStore other = stores.at(URI.create("s3://no-such-bucket/"));
        assertThatThrownBy(() -> other.write("model.onnx", new byte[1]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("s3://no-such-bucket/model.onnx");
        try (ModelStores unreachable =
                new ModelStores(new S3Settings(URI.create("http://127.0.0.1:1"), "eu-central-1"))) {
            assertThatThrownBy(() -> unreachable.at(URI.create("s3://models/")).read("model.onnx", 1))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(NoSuchFileException.class);
        }
    }

    private static String read(ModelStore store, String path, long mostBytes) throws IOException {
        try (InputStream in = store.read(path, mostBytes)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
