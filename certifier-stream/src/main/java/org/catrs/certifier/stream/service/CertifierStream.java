// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.service;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.catrs.certifier.stream.held.HeldClients;
import org.catrs.certifier.stream.held.ImageLog;
import org.catrs.certifier.stream.held.ImagesAtHand;
import org.catrs.certifier.stream.held.Transactions;
import org.catrs.certifier.stream.settings.CertifierConfig;
import org.catrs.certifier.stream.topology.CertificationTopology;
import org.catrs.certifier.stream.topology.CertifierMeters;
import org.catrs.certifier.stream.topology.CertifierRegistry;
import org.catrs.certifier.stream.topology.ImageAnswers;
import org.catrs.console.Health;
import org.catrs.console.tracing.Tracing;
import org.catrs.schemas.DaemonThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running Kafka Streams instance, and the workers beside it. */
public final class CertifierStream {
    private static final Logger LOG = LoggerFactory.getLogger(CertifierStream.class);

    /** For the images that are worked on when the service ends; those that take longer are given up. */
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(1);

    /** For the last commit and the good-bye. It takes a fraction of a second unless the brokers do not answer. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private static final long LOOK_SECONDS = 1;

    private final KafkaStreams streams;
    private final ImagesAtHand images;
    private final ExecutorService workers;
    private final Tracing tracing;
    private final BrokerWatch brokers;
    private final ScheduledExecutorService looks;
    private final StreamsHealth health;

    private CertifierStream(
            KafkaStreams streams,
            ImagesAtHand images,
            ExecutorService workers,
            Tracing tracing,
            BrokerWatch brokers,
            ScheduledExecutorService looks,
            StreamsHealth health) {
        this.streams = streams;
        this.images = images;
        this.workers = workers;
        this.tracing = tracing;
        this.brokers = brokers;
        this.looks = looks;
        this.health = health;
    }

    /**
     * Starts to take part in the group.
     *
     * @param certifiers certify the images; the default model is there
     * @param earlyStop is told how many images wait
     * @param onError called when an error has stopped a thread, and with it the instance
     */
    public static CertifierStream start(
            CertifierConfig config,
            StreamPlan plan,
            CertifierRegistry certifiers,
            CertifierMeters meters,
            StreamMeters streamMeters,
            EarlyStop earlyStop,
            Consumer<Throwable> onError) {
        Tracing tracing = config.tracing()
                .map(options -> Tracing.to(
                        options, "catrs-certifier", Instance.name(config.http().getPort())))
                .orElseGet(Tracing::off);
        BrokerWatch brokers = new BrokerWatch(
                StreamPlan.connect(config, "catrs-watch"),
                new AnswerTopics(config.topics(), plan.settings()),
                plan.group(),
                plan.topicIds(),
                plan.limits(),
                onError::accept,
                System::nanoTime);
        ImageAnswers answers = new ImageAnswers(
                certifiers,
                config.predictions(),
                config.topics().predictions(),
                config.answerHeaders(),
                brokers::limits,
                meters,
                tracing);
        int threads = config.workers(certifiers.isOnCpu());
        ExecutorService workers = Executors.newFixedThreadPool(threads, DaemonThreads.numbered("certify-"));
        ImagesAtHand images = new ImagesAtHand(config.atHand(), threads, workers, answers::answer);
        meters.show(images);
        Topology topology = new CertificationTopology(config.topics(), images, meters).get();
        Transactions transactions = new Transactions();
        ImageLog log =
                new ImageLog(plan.topicIds().getOrDefault(config.topics().images(), Uuid.ZERO_UUID), meters::lost);
        KafkaStreams streams = new KafkaStreams(topology, plan.settings(), new HeldClients(images, log, transactions));
        streams.setUncaughtExceptionHandler(new StreamFailures(brokers::haveLimitsChanged, config.topics(), onError));
        streams.setStateListener((to, from) -> LOG.info("stream went from {} to {}", from, to));
        StreamsHealth health = new StreamsHealth(
                streams, images, brokers, plan.threads(), plan.maxPoll(), plan.session(), config.longestStandstill());
        ScheduledExecutorService looks =
                Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("stream-looks"));
        streamMeters.show(streams, config.topics().images(), images, transactions);
        Hindrances hindrances = new Hindrances(health);
        ScheduledFuture<?> unused = looks.scheduleWithFixedDelay(
                () -> look(
                        () -> earlyStop.look(streams.metrics(), images.waiting()),
                        () -> images.endTooSlow(config.slowestRecord()),
                        hindrances),
                LOOK_SECONDS,
                LOOK_SECONDS,
                TimeUnit.SECONDS);
        brokers.start(meters);
        streams.start();
        return new CertifierStream(streams, images, workers, tracing, brokers, looks, health);
    }

    /** A look that fails must not be the last one. */
    private static void look(Runnable... looks) {
        for (Runnable look : looks) {
            try {
                look.run();
            } catch (RuntimeException e) {
                LOG.warn("the stream could not be looked at", e);
            }
        }
    }

    /** How it is. */
    public Health health() {
        return health.now();
    }

    /**
     * Answers what is almost done, commits, gives the other images at hand up to whoever has their partitions next, and
     * leaves the group.
     *
     * @return whether all threads ended in time; otherwise they still use the models
     */
    public boolean close() {
        LOG.atInfo().addKeyValue("atHand", images.images()).log("leaving the group");
        brokers.close();
        looks.shutdownNow();
        boolean hasEnded = false;
        try {
            images.settle(LAST_ANSWERS);
            hasEnded = streams.close(
                    CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                            .withTimeout(CLOSE_LIMIT));
            workers.shutdownNow();
            hasEnded &= workers.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        tracing.close();
        return hasEnded;
    }
}
