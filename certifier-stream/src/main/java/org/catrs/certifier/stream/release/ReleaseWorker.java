// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.release;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.catrs.certifier.network.model.ModelOverrides;
import org.catrs.certifier.network.model.OpenModel;
import org.catrs.program.service.StopSignal;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.event.ModelStatus.State;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out changes of models, one after the other on one thread. Of the changes of a model that wait, only the last
 * is carried out; one that failed for a reason that may pass is tried again, until another comes. Where a release is
 * refused and nothing of its name is served, as after a restart, the last one that was is served again.
 */
final class ReleaseWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReleaseWorker.class);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration LAST_RETRY = Duration.ofMinutes(1);

    private final ReleaseCheck check;
    private final AllowedReleases allowed;
    private final ModelCache cache;
    private final LastReleases last;
    private final ModelOverrides options;
    private final ServedModels models;
    private final StatusTopic status;
    private final ReleaseMeters meters;
    private final Runnable changed;

    private final ScheduledExecutorService executor;
    /** The models that have nothing to serve, or something older, because something is revoked. */
    private final Set<String> revoked = new HashSet<>();
    /** The last change of each model; guarded by this. */
    private final Map<String, ModelChange> latest = new LinkedHashMap<>();
    /** Whether changes are carried out as they come; guarded by this. */
    private boolean begun;

    /**
     * @param changed called after each change that was carried out or refused
     * @param executor the one thread; closed with this
     */
    ReleaseWorker(
            ReleaseCheck check,
            AllowedReleases allowed,
            ModelCache cache,
            LastReleases last,
            ModelOverrides options,
            ServedModels models,
            StatusTopic status,
            ReleaseMeters meters,
            Runnable changed,
            ScheduledExecutorService executor) {
        this.check = check;
        this.allowed = allowed;
        this.cache = cache;
        this.last = last;
        this.options = options;
        this.models = models;
        this.status = status;
        this.meters = meters;
        this.changed = changed;
        this.executor = executor;
    }

    /** Takes a change, in the place of an earlier one of the same model that waits. */
    synchronized void submit(String name, ModelChange change) {
        latest.put(name, change);
        if (begun) {
            executor.execute(guarded(() -> carryOut(name, change, FIRST_RETRY)));
        }
    }

    /**
     * Begins with the changes that were taken up to now, and goes on as they come.
     *
     * @param caughtUp called after the first of them
     */
    synchronized void begin(Runnable caughtUp) {
        begun = true;
        Set<String> names = Set.copyOf(latest.keySet());
        executor.execute(guarded(() -> last.retain(names)));
        latest.forEach((name, change) -> executor.execute(guarded(() -> carryOut(name, change, FIRST_RETRY))));
        executor.execute(guarded(caughtUp));
    }

    /**
     * Reads again what is revoked, on the thread that carries out changes: serves no more what has come to be, and tries
     * again what was refused.
     */
    void lookForRevocations() {
        guarded(() -> {
                    if (allowed.reread()) {
                        Map<String, ModelChange> again = changes(revoked);
                        List.copyOf(last.all()).forEach(this::stopIfRevoked);
                        again.forEach((name, change) -> carryOut(name, change, FIRST_RETRY));
                    }
                })
                .run();
    }

    /** Breaks off the change at hand and takes no more; a store that hangs is not waited for. */
    @Override
    public void close() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("a change of models did not end within {}", PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The executor would keep to itself what a task throws. */
    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                LOG.error("a change of models was not carried out; what was served before still is", e);
            }
        };
    }

    private void carryOut(String name, ModelChange change, Duration retry) {
        if (!isLatest(name, change)) {
            return;
        }
        revoked.remove(name);
        try {
            change.carryOut(this::serve, () -> retire(name));
        } catch (RefusedReleaseException refusal) {
            if (refusal.reason() == RefusalReason.REVOKED) {
                revoked.add(name);
            }
            refuse(name, change.release(), serveLastInstead(name, change.release(), refusal));
            if (refusal.reason().mayPass() && !executor.isShutdown()) {
                Duration next = retry.multipliedBy(2).compareTo(LAST_RETRY) < 0 ? retry.multipliedBy(2) : LAST_RETRY;
                var unused = executor.schedule(
                        guarded(() -> carryOut(name, change, next)), retry.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
        changed.run();
    }

    private synchronized Map<String, ModelChange> changes(Set<String> names) {
        Map<String, ModelChange> changes = new LinkedHashMap<>(latest);
        changes.keySet().retainAll(names);
        return changes;
    }

    /** Nothing takes its place: which model is to be served now is for whoever signs to say. */
    private void stopIfRevoked(ModelRelease release) {
        allowed.revocation(release).ifPresent(problem -> {
            last.forget(release.name());
            if (models.served(release.name()).isPresent()) {
                models.retire(release.name());
                revoked.add(release.name());
                refuse(
                        release.name(),
                        release,
                        new RefusedReleaseException(RefusalReason.REVOKED, problem + "; it is served no more"));
                changed.run();
            }
        });
    }

    private synchronized boolean isLatest(String name, ModelChange change) {
        return latest.get(name) == change;
    }

    private void retire(String name) {
        models.retire(name);
        last.forget(name);
        status.tell(State.RETIRED, name, null, Optional.empty(), null);
        LOG.atInfo().addKeyValue("model", name).log("model retired");
    }

    private void serve(ModelRelease release) {
        long begin = System.nanoTime();
        status.tell(State.LOADING, release.name(), release, models.served(release.name()), null);
        LOG.atInfo().addKeyValue("release", release).log("model released");
        CheckedModel checked = check.check(release);
        open(checked);
        Optional<CertifiedPrediction.Model> served = models.served(release.name());
        meters.served(System.nanoTime() - begin);
        allowed.served(release);
        last.keep(release);
        evict();
        status.tell(State.SERVED, release.name(), release, served, null);
        LOG.atInfo().addKeyValue("model", served.orElse(null)).log("model served");
    }

    /** The refusal, which also says what is served again because of it. */
    private RefusedReleaseException serveLastInstead(
            String name, @Nullable ModelRelease refused, RefusedReleaseException refusal) {
        ModelRelease instead = last.of(name).orElse(null);
        if (instead == null || instead.equals(refused) || models.served(name).isPresent() || executor.isShutdown()) {
            return refusal;
        }
        try {
            serve(instead);
            return refusal.and("version " + instead.version() + ", which was served last, is served again");
        } catch (RefusedReleaseException other) {
            return refusal.and("version " + instead.version() + ", which was served last, is not served again, because "
                    + other.getMessage());
        }
    }

    private void open(CheckedModel checked) {
        try {
            models.serve(OpenModel.open(
                    checked.onnx(),
                    checked.manifest(),
                    checked.folder().toString(),
                    models.areInUse() ? options.besideImages() : options));
        } catch (InvalidDataException e) {
            throw new RefusedReleaseException(RefusalReason.LOAD_FAILED, String.valueOf(e.getMessage()), e);
        } catch (OutOfMemoryError e) {
            throw new RefusedReleaseException(
                    RefusalReason.OUT_OF_MEMORY, "there is not enough memory for the model: " + e.getMessage(), e);
        } catch (RuntimeException | LinkageError e) {
            throw new RefusedReleaseException(RefusalReason.LOAD_FAILED, "the model does not run: " + e, e);
        }
    }

    private void refuse(String name, @Nullable ModelRelease release, RefusedReleaseException refusal) {
        if (executor.isShutdown() || StopSignal.hasCome()) {
            LOG.debug("broken off", refusal);
            return;
        }
        meters.refused(refusal.reason());
        status.tell(State.REFUSED, name, release, models.served(name), refusal);
        LOG.atError()
                .addKeyValue("model", name)
                .addKeyValue("reason", refusal.reason())
                .addKeyValue("served", models.served(name).orElse(null))
                .setCause(refusal.getCause())
                .log("release refused: {}", refusal.getMessage());
    }

    private void evict() {
        Set<String> inUse = new HashSet<>();
        last.all().forEach(release -> inUse.addAll(ReleaseCheck.cachedFiles(release)));
        try {
            cache.evict(inUse);
        } catch (IOException e) {
            LOG.warn("the cache of models was not cleared up", e);
        }
    }
}
