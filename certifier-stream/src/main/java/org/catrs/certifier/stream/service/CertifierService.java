// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.service;

import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.kafka.streams.StreamsConfig;
import org.catrs.certifier.network.model.OpenModel;
import org.catrs.certifier.stream.release.ModelReleases;
import org.catrs.certifier.stream.release.ReleaseMeters;
import org.catrs.certifier.stream.release.ReleaseOptions;
import org.catrs.certifier.stream.seed.SeedSource;
import org.catrs.certifier.stream.settings.CertifierConfig;
import org.catrs.certifier.stream.topology.CertifierMeters;
import org.catrs.certifier.stream.topology.CertifierRegistry;
import org.catrs.console.CertificationReport;
import org.catrs.console.Health;
import org.catrs.program.service.Service;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.signature.SigningKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The certifier as a running service: models, a stream and a console. */
public final class CertifierService extends Service {
    private static final Logger LOG = LoggerFactory.getLogger(CertifierService.class);

    private final CertifierConfig config;
    private final SeedSource seeds;
    private final CertifierMeters meters;
    private final StreamMeters streamMeters = new StreamMeters(meters());
    private final ReleaseMeters releaseMeters = new ReleaseMeters(meters());
    private final EarlyStop earlyStop;

    private volatile @Nullable CertifierRegistry certifiers;
    private volatile @Nullable CertifierStream stream;

    private CertifierService(CertifierConfig config) {
        this.config = config;
        this.seeds = config.seeds();
        this.meters =
                new CertifierMeters(meters(), config.modelOptions().inference().provider());
        this.earlyStop = new EarlyStop(config.topics().images(), config.mostWaiting());
    }

    /**
     * Starts the service; returns when it takes part in its group, which is before its first image, or when it waits for
     * a release of the default model to begin with.
     *
     * @throws org.catrs.schemas.InvalidDataException when a key, the model, the brokers, the topics or the console's address
     *     cannot be used
     */
    public static CertifierService start(CertifierConfig config) {
        CertifierService service = new CertifierService(config);
        service.start("catrs certifier", config.http(), config.unknownKeys());
        return service;
    }

    /**
     * Answers the images with a deadline that are worked on at once, and others that are almost done, leaves the group and
     * frees everything. Closing again does nothing.
     */
    @Override
    public void close() {
        earlyStop.end();
        super.close();
    }

    @Override
    protected void open(int port) {
        if (config.servesReleases()) {
            serveReleases(port);
        } else {
            serveConfiguredModel(port);
        }
        tellOfKeys();
        LOG.atInfo().addKeyValue("topics", config.topics()).log("service started");
    }

    private void serveConfiguredModel(int port) {
        OpenModel model = OpenModel.open(config.model(), config.modelOptions());
        CertifierRegistry registered = register(model.identity().name());
        StreamPlan plan;
        try {
            plan = StreamPlan.of(config);
            joinOthers(port, identity(model.identity()));
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
        models(registered).serve(model);
        startStream(registered, plan);
    }

    private static String identity(CertifiedPrediction.Model model) {
        return model.name() + " " + model.version() + " (SHA-256 " + model.sha256() + ")";
    }

    private void joinOthers(int port, String defaultModel) {
        SortedMap<String, String> settings = config.topicSettings();
        settings.put("default model", defaultModel);
        settings.put(
                "noise key",
                seeds instanceof SeedSource.Forced forced
                        ? forced.key().publicKey().keyId()
                        : "none");
        parts().keep(LiveInstances.join(config, new Announcement(Instance.name(port), false, settings)));
    }

    /** The stream begins with the default model; images wait for it. */
    private void serveReleases(int port) {
        ReleaseOptions options = config.releases();
        StreamPlan plan = StreamPlan.of(config);
        joinOthers(port, config.defaultModel());
        CertifierRegistry registered = register(config.defaultModel());
        StreamsConfig kafka = new StreamsConfig(config.kafka());
        parts().keep(ModelReleases.follow(
                options,
                new ModelReleases.Clients(
                        Instance.name(port),
                        kafka.getGlobalConsumerConfigs("catrs-models"),
                        kafka.getProducerConfigs("catrs-model-status"),
                        config.schemaRegistry()),
                models(registered),
                releaseMeters,
                () -> startStreamOnce(registered, plan)));
    }

    private void startStreamOnce(CertifierRegistry registered, StreamPlan plan) {
        if (stream == null && registered.hasDefault()) {
            try {
                startStream(registered, plan);
            } catch (RuntimeException e) {
                stopForError(e);
            }
        }
    }

    private CertifierRegistry register(String defaultModel) {
        CertifierRegistry registered = new CertifierRegistry(defaultModel, meters);
        parts().keep(registered);
        certifiers = registered;
        return registered;
    }

    private ModelRegistration models(CertifierRegistry registered) {
        return new ModelRegistration(config, seeds, registered, new ModelWarmUp(config.slowestRecord()), earlyStop);
    }

    private void startStream(CertifierRegistry registered, StreamPlan plan) {
        CertifierStream started =
                CertifierStream.start(config, plan, registered, meters, streamMeters, earlyStop, this::stopForError);
        stream = started;
        if (!parts().keep(() -> close(started))) {
            close(started);
        }
        RatesStream.start(config, registered, meters()).ifPresent(this::keepOpen);
    }

    private void keepOpen(RatesStream rates) {
        if (!parts().keep(rates)) {
            rates.close();
        }
    }

    private void tellOfKeys() {
        tellOfKey(config.signingKey(), "signingKey", "predictions are signed");
        tellOfKey(config.noiseKey(), "noiseKey", "the seeds of the noise are forced");
    }

    private static void tellOfKey(@Nullable Path key, String name, String use) {
        if (key != null) {
            SigningKey.exposure(key).ifPresent(LOG::warn);
            LOG.atInfo().addKeyValue(name, SigningKey.read(key).keyId()).log(use);
        }
    }

    private void stopForError(Throwable error) {
        if (error instanceof InvalidDataException) {
            LOG.error("the service stops: {}", error.getMessage());
        } else {
            LOG.error(
                    "an error stops the service; the images at hand stay unanswered until it is started again", error);
        }
        parts().fail();
    }

    private void close(CertifierStream started) {
        if (!started.close()) {
            LOG.error("the stream did not end in time; what it had at hand is certified again after the next start");
            parts().abandon();
        }
    }

    @Override
    protected Optional<CertificationReport> certification() {
        CertifierReport report = new CertifierReport(config.console(), meters, () -> certifiers);
        parts().keep(report);
        return Optional.of(report);
    }

    @Override
    protected Health health() {
        CertifierStream started = stream;
        CertifierRegistry registered = certifiers;
        boolean hasDefault = registered != null && registered.hasDefault();
        if (started == null) {
            String detail = config.servesReleases() && !hasDefault
                    ? "the default model " + config.defaultModel() + " is waited for, and images wait with it"
                    : "the model is being made ready";
            return new Health(true, false, "CREATED", detail);
        }
        Health health = started.health();
        return hasDefault
                ? health
                : new Health(
                        health.live(),
                        false,
                        health.state(),
                        "the default model was retired or revoked; images that name no other model are rejected");
    }
}
