// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli.client;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.catrs.certifier.network.model.ManifestPlan;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.model.ModelManifest;
import org.catrs.schemas.serde.EventFormat;
import org.catrs.schemas.serde.EventSerdes;
import org.catrs.schemas.signature.SigningKey;
import org.catrs.schemas.store.ModelStore;
import org.catrs.schemas.store.ModelStores;
import org.catrs.schemas.store.SignedModel;
import org.jspecify.annotations.Nullable;

/** Releases models that lie in a store, and retires them. */
public final class ReleasePublisher implements AutoCloseable {
    private final Producer<String, ModelRelease> producer;
    private final String topic;

    private ReleasePublisher(Producer<String, ModelRelease> producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    /** Connects to brokers. */
    public static ReleasePublisher connect(Map<String, ?> properties, String topic) {
        Map<String, Object> settings = new HashMap<>(properties);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        return new ReleasePublisher(
                new KafkaProducer<>(
                        settings,
                        new StringSerializer(),
                        EventSerdes.serializer(ModelRelease.class, EventFormat.JSON, null)),
                topic);
    }

    /**
     * The release of a model in a store.
     *
     * @param folder of the model
     * @param key signs the manifest; null to take the signature that lies beside it
     * @throws InvalidDataException when there is no model, no signature, or the manifest asks for a plan that is none
     */
    public static ModelRelease release(URI folder, @Nullable SigningKey key) {
        URI location = folder.toString().endsWith("/") ? folder : URI.create(folder + "/");
        try (ModelStores stores = new ModelStores()) {
            ModelStore store = stores.at(location);
            SignedModel model =
                    key == null ? SignedModel.read(store, "") : SignedModel.sign(store, "", Instant.now(), key);
            ManifestPlan asked = ManifestPlan.of(model.manifest().plan(), location + ModelManifest.FILE_NAME);
            return model.release(location, plan(asked));
        } catch (IOException e) {
            throw new InvalidDataException(
                    location + " cannot be released: " + e + "; needed are " + ModelManifest.FILE_NAME + " and "
                            + ModelManifest.SIGNATURE_FILE_NAME + ", or a key to sign the first with",
                    e);
        }
    }

    /** What the manifest asks for; the papers' protocol where it leaves things open. */
    private static ModelRelease.Plan plan(ManifestPlan asked) {
        SamplingPlan.Kind kind = asked.request().resolved();
        return new ModelRelease.Plan(
                kind.toString(),
                kind.defaultN0(),
                asked.n(SmoothingParameters.DEFAULT_N, Long.MAX_VALUE),
                SmoothingParameters.DEFAULT_ALPHA);
    }

    /** Tells the certifiers to serve a model; returns when the brokers have it. */
    public void send(ModelRelease release) {
        send(release.name(), release);
    }

    /** Tells the certifiers to serve a model no more; returns when the brokers have it. */
    public void retire(String name) {
        send(name, null);
    }

    private void send(String name, @Nullable ModelRelease release) {
        try {
            producer.send(new ProducerRecord<>(topic, name, release)).get();
        } catch (ExecutionException e) {
            throw new InvalidDataException(topic + " did not take the record of " + name + ": " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while sending a release", e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
