// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.stream;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.catrs.schemas.Sha256;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.json.JsonRecords;
import org.catrs.schemas.model.ModelManifest;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.proto.GraphProto;
import org.catrs.schemas.onnx.proto.ModelProto;
import org.catrs.schemas.onnx.proto.TensorProto;
import org.catrs.schemas.signature.ReleaseSignature;
import org.catrs.schemas.signature.SigningKey;
import org.catrs.schemas.store.SignedModel;
import org.catrs.schemas.topic.Topics;
import org.jspecify.annotations.Nullable;

/**
 * A folder of models, a key that signs them, and a producer of releases; a key that is there already is used again. The models are like {@link
 * CertifierProcess#BRIGHTNESS}: those of even versions call bright images bright, those of odd ones dark.
 */
public final class TestReleases implements AutoCloseable {
    /** The default model of certifiers here. */
    public static final String NAME = "brightness";

    private static final ModelManifest MANIFEST =
            ModelManifest.read(CertifierProcess.BRIGHTNESS.resolve(ModelManifest.FILE_NAME));

    private final Path work;
    private final Path keys;
    private final SigningKey key;
    private final KafkaProducer<String, byte[]> producer;

    public TestReleases(Path work, String bootstrapServers) {
        this.work = work;
        this.keys = work.resolve("keys");
        Path signing = work.resolve("signing.pem");
        this.key = Files.exists(signing) ? SigningKey.read(signing) : newKey(signing, keys.resolve("public.pem"));
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ProducerConfig.LINGER_MS_CONFIG, 0),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Settings of a certifier that serves these releases, and starts without a search for the fastest settings. */
    public Map<String, String> settings() {
        return Map.of(
                "default.model", NAME,
                "models.keys", keys.toString(),
                "models.locations", folder().toUri().toString(),
                "models.cache", work.resolve("cache").toString(),
                "inference.optimization", "extended",
                "inference.batch", "64",
                "inference.threads", Integer.toString(Runtime.getRuntime().availableProcessors()));
    }

    /** The folder that models may be fetched from. */
    Path folder() {
        return work.resolve("store");
    }

    /** A model's network. */
    public static ModelProto network(int version) {
        ModelProto brightness = read(CertifierProcess.BRIGHTNESS.resolve(ModelManifest.ONNX_FILE_NAME));
        ModelProto.Builder network = brightness.toBuilder().setProducerVersion("test " + version);
        if (version % 2 != 0) {
            GraphProto.Builder graph = network.getGraphBuilder();
            graph.getInitializerBuilderList().forEach(TestReleases::negate);
        }
        return network.build();
    }

    /** Puts a good model into the store, and gives its release. */
    ModelRelease store(String name, int version) {
        return store(name, version, network(version).toByteArray());
    }

    /** Puts a model of these bytes into the store, with a manifest that fits them, and gives its release. */
    public ModelRelease store(String name, int version, byte[] network) {
        Path folder = folder().resolve(name).resolve(Integer.toString(version));
        return store(folder, manifest(name, version, Sha256.of(network)), network, key);
    }

    static ModelManifest manifest(String name, int version, String sha256) {
        return new ModelManifest(
                name,
                Integer.toString(version),
                sha256,
                MANIFEST.inputShape(),
                MANIFEST.classNames(),
                MANIFEST.sigma(),
                MANIFEST.architecture(),
                MANIFEST.method(),
                MANIFEST.hyperparameters(),
                MANIFEST.dataset(),
                MANIFEST.epochs(),
                MANIFEST.seed(),
                MANIFEST.engines(),
                null);
    }

    static ModelRelease store(Path folder, ModelManifest manifest, byte[] network, SigningKey key) {
        byte[] json = JsonRecords.writeIndented(manifest).getBytes(StandardCharsets.UTF_8);
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve(ModelManifest.ONNX_FILE_NAME), network);
            Files.write(folder.resolve(ModelManifest.FILE_NAME), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return release(manifest, folder.toUri(), ReleaseSignature.sign(json, Instant.now(), key));
    }

    static ModelRelease release(ModelManifest manifest, URI location, @Nullable ReleaseSignature signature) {
        return new ModelRelease(
                manifest.name(),
                manifest.version(),
                location.toString(),
                manifest.sha256(),
                signature == null ? null : signature.signature(),
                manifest.sigma(),
                manifest.classNames(),
                manifest.inputShape(),
                new ModelRelease.Plan("fixed", 100, 1_000, 0.001),
                signature == null ? null : signature.issued());
    }

    /** The same model, issued now. */
    public ModelRelease anew(ModelRelease release) {
        URI folder = URI.create(release.location());
        try {
            byte[] json = Files.readAllBytes(Path.of(folder).resolve(ModelManifest.FILE_NAME));
            return SignedModel.sign(json, Instant.now(), key).release(folder, release.plan());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SigningKey key() {
        return key;
    }

    /** Sends releases, in this order. */
    public void send(ModelRelease... releases) {
        for (ModelRelease release : releases) {
            send(release.name(), JsonRecords.write(release));
        }
    }

    void retire(String name) {
        send(name, null);
    }

    void send(String name, byte @Nullable [] value) {
        try {
            producer.send(new ProducerRecord<>(Topics.MODELS, name, value)).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }

    /** A new pair of key files, as openssl writes them. */
    static SigningKey newKey(Path privateKey, Path publicKey) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            Files.createDirectories(publicKey.resolveSibling(""));
            Files.writeString(privateKey, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
            Files.writeString(publicKey, pem("PUBLIC KEY", pair.getPublic().getEncoded()));
            return SigningKey.read(privateKey);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }

    private static ModelProto read(Path file) {
        try {
            return OnnxModel.parse(Files.readAllBytes(file), file.toString()).proto();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void negate(TensorProto.Builder floats) {
        ByteBuffer values = floats.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer negated = ByteBuffer.allocate(values.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        while (values.hasRemaining()) {
            negated.putFloat(-values.getFloat());
        }
        floats.setRawData(ByteString.copyFrom(negated.flip()));
    }

    /** Puts good models of these versions into the store, and gives their releases. */
    List<ModelRelease> storeAll(String name, int first, int last) {
        List<ModelRelease> releases = new ArrayList<>();
        for (int version = first; version <= last; version++) {
            releases.add(store(name, version));
        }
        return releases;
    }
}
