// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.service;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.catrs.certifier.stream.settings.CertifierConfig;
import org.catrs.schemas.DaemonThreads;
import org.catrs.schemas.InvalidDataException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The instances of an application id that live, of which this is one. Two that have other topics or another model would
 * take each other's images, so whoever differs is not let in. Who lives is for the brokers to say, as of any group:
 * an instance that was killed has left when its session ends, and nobody's clock matters.
 */
final class LiveInstances implements AutoCloseable {
    /** What is added to the application id for the group's name. */
    static final String GROUP_SUFFIX = "-instances";

    private static final Logger LOG = LoggerFactory.getLogger(LiveInstances.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SESSION_MILLIS = 10_000;
    private static final int HEARTBEAT_MILLIS = 1_000;

    private final String group;
    private final boolean mayDiffer;
    private final CompletableFuture<List<Announcement>> asked = new CompletableFuture<>();
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread;
    private volatile Announcement own;
    private volatile boolean isClosed;

    private LiveInstances(CertifierConfig config, Announcement own) {
        this.group = config.applicationId() + GROUP_SUFFIX;
        this.mayDiffer = config.instancesMayDiffer();
        this.own = own;
        this.consumer = new KafkaConsumer<>(settings(config), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(config.topics().images()));
        this.thread = DaemonThreads.named("live-instances").newThread(this::run);
    }

    /**
     * Joins the others; returns when this instance is one of them.
     *
     * @param own what this instance is
     * @throws InvalidDataException when one of them differs, unless the configuration allows it, or the brokers do not tell
     *     who they are
     */
    static LiveInstances join(CertifierConfig config, Announcement own) {
        LiveInstances instances = new LiveInstances(config, own);
        instances.thread.start();
        try {
            instances.requireAlike(instances.asked.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            return instances;
        } catch (ExecutionException e) {
            instances.close();
            throw new InvalidDataException(
                    "the group " + instances.group + " cannot be joined: "
                            + Objects.requireNonNullElse(e.getCause(), e).getMessage(),
                    e);
        } catch (TimeoutException e) {
            instances.close();
            throw new InvalidDataException(
                    "the brokers did not say within " + PATIENCE.toSeconds() + " s who is in the group "
                            + instances.group + ": look at their log, and start the service again",
                    e);
        } catch (InterruptedException e) {
            instances.close();
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while other instances were asked", e);
        } catch (InvalidDataException e) {
            instances.close();
            throw e;
        }
    }

    private Map<String, Object> settings(CertifierConfig config) {
        Map<String, Object> settings =
                new HashMap<>(new StreamsConfig(config.kafka()).getGlobalConsumerConfigs("catrs-instances"));
        settings.remove(CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MILLIS);
        settings.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, List.of(AnnouncementExchange.class.getName()));
        settings.put(
                AnnouncementExchange.PARTY,
                new AnnouncementExchange.Party(() -> Announcement.write(List.of(own)), this::hear));
        return settings;
    }

    private void run() {
        try (consumer) {
            while (!isClosed) {
                consumer.poll(POLL);
            }
        } catch (WakeupException e) {
            LOG.debug("the group {} is left", group);
        } catch (KafkaException e) {
            if (!asked.completeExceptionally(e)) {
                LOG.error("instances that start are not compared with this one until it is started again", e);
            }
        }
    }

    private void hear(List<Announcement> all) {
        asked.complete(all);
    }

    private void requireAlike(List<Announcement> all) {
        for (Announcement other : all) {
            List<String> differences = own.differences(other);
            if (!differences.isEmpty() && own.givesWayTo(other)) {
                String difference = "the instance " + other.instance() + " has the same application.id '"
                        + group.substring(0, group.length() - GROUP_SUFFIX.length()) + "', but "
                        + String.join(", ", differences);
                if (!mayDiffer) {
                    throw new InvalidDataException(difference
                            + "; give this one an application.id of its own or the same settings, or, for the time of a"
                            + " change from one to the other, " + CertifierConfig.INSTANCES_MAY_DIFFER + "=true");
                }
                LOG.warn("{}", difference);
            }
        }
        own = own.asMember();
    }

    @Override
    public void close() {
        isClosed = true;
        consumer.wakeup();
        try {
            thread.join(SESSION_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
