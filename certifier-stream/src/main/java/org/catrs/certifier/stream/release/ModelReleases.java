// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.release;

import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.catrs.program.service.ServiceParts;
import org.catrs.schemas.DaemonThreads;
import org.catrs.schemas.store.ModelStores;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The releases of models, followed: each is fetched and checked in the background, and served when it may be. */
public final class ModelReleases implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelReleases.class);
    private static final int MEMORY_FOR_A_NETWORK = 4;

    private static final String LAST_RELEASES = "last-releases";
    private static final String NEWEST_ISSUES = "newest-issues";

    /** How often it is looked whether something was revoked. */
    private static final long LOOK_SECONDS = 5;

    private final ServiceParts parts = new ServiceParts();
    private final AtomicBoolean caughtUp = new AtomicBoolean();

    private ModelReleases() {}

    private void open(
            ReleaseOptions options, Clients clients, ServedModels models, ReleaseMeters meters, Runnable changed) {
        ModelCache cache = ModelCache.open(options.cache(), options.mostCacheBytes());
        ModelStores stores = kept(new ModelStores());
        Fetches fetches = kept(new Fetches(options.fetchPatience()));
        AllowedReleases allowed = new AllowedReleases(
                options.revoked(), NewestIssues.open(options.cache().resolve(NEWEST_ISSUES)), Clock.systemUTC());
        ReleaseCheck check = new ReleaseCheck(
                options.locations(), options.keys(), allowed, stores, fetches, cache, mostBytes(options));
        LastReleases last = LastReleases.open(options.cache().resolve(LAST_RELEASES));
        StatusTopic status = kept(StatusTopic.open(options.statusTopic(), clients.instance(), clients.producer()));
        ScheduledExecutorService executor =
                Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("model-releases"));
        ReleaseWorker worker = kept(new ReleaseWorker(
                check,
                allowed,
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
                executor));
        var unused = executor.scheduleWithFixedDelay(
                worker::lookForRevocations, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
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
     * @throws org.catrs.schemas.InvalidDataException when the list of what is revoked or the cache cannot be
     *     used
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
