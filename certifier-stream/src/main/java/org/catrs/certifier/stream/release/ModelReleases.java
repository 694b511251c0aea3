// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.release;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.catrs.program.service.ServiceParts;
import org.catrs.schemas.DaemonThreads;
import org.catrs.schemas.signature.VerificationKeys;
import org.catrs.schemas.store.ModelStores;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The releases of models, followed: each is fetched and checked in the background, and served when it may be. */
public final class ModelReleases implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelReleases.class);
    private static final int MEMORY_FOR_A_NETWORK = 4;

    private static final String LAST_RELEASES = "last-releases";

    private final ServiceParts parts = new ServiceParts();
    private final AtomicBoolean caughtUp = new AtomicBoolean();

    private ModelReleases() {}

    private void open(
            ReleaseOptions options, Clients clients, ServedModels models, ReleaseMeters meters, Runnable changed) {
        VerificationKeys keys = VerificationKeys.read(options.keys());
        ModelCache cache = ModelCache.open(options.cache(), options.mostCacheBytes());
        ModelStores stores = kept(new ModelStores());
        Fetches fetches = kept(new Fetches(options.fetchPatience()));
        ReleaseCheck check = new ReleaseCheck(options.locations(), keys, stores, fetches, cache, mostBytes(options));
        LastReleases last = LastReleases.open(options.cache().resolve(LAST_RELEASES));
        StatusTopic status = kept(StatusTopic.open(options.statusTopic(), clients.instance(), clients.producer()));
        ReleaseWorker worker = kept(new ReleaseWorker(
                check,
                cache,
                last,
                options.model(),
                models,
                status,
                meters,
                () -> {
                    if (caughtUp.get()) {
                        changed.run();
                    }
                },
                Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("model-releases"))));
        kept(ModelsTopic.follow(
                options.topic(),
                clients.consumer(),
                clients.registry(),
                worker::submit,
                () -> worker.begin(() -> {
                    caughtUp.set(true);
                    changed.run();
                })));
    }

    private <T extends AutoCloseable> T kept(T part) {
        parts.keep(part);
        return part;
    }

    /**
     * Begins to follow the releases.
     *
     * @param changed called, on a thread of this, once all models that were released before were served or refused, and
     *     after each change from then on
     * @throws org.catrs.schemas.InvalidDataException when the keys or the cache cannot be used
     */
    public static ModelReleases follow(
            ReleaseOptions options, Clients clients, ServedModels models, ReleaseMeters meters, Runnable changed) {
        ModelReleases releases = new ModelReleases();
        try {
            releases.open(options, clients, models, meters, changed);
            return releases;
        } catch (RuntimeException e) {
            releases.close();
            throw e;
        }
    }

    /** A network stands in Java's memory three times while it is opened. */
    private static long mostBytes(ReleaseOptions options) {
        long memory = Runtime.getRuntime().maxMemory() / MEMORY_FOR_A_NETWORK;
        if (memory < options.mostModelBytes()) {
            LOG.info("released networks may have at most {} bytes: Java has no memory for more", memory);
        }
        return Math.min(memory, options.mostModelBytes());
    }

    @Override
    public void close() {
        parts.close();
    }

    /**
     * How the brokers are reached.
     *
     * @param instance names this process in the records of status, as HOST:PORT
     * @param consumer properties of a Kafka consumer
     * @param producer properties of a Kafka producer
     * @param registry address of a schema registry; null where there is none
     */
    public record Clients(
            String instance,
            Map<String, Object> consumer,
            Map<String, Object> producer,
            @Nullable URI registry) {
        /** Copies the properties. */
        public Clients {
            consumer = Map.copyOf(consumer);
            producer = Map.copyOf(producer);
        }
    }
}
