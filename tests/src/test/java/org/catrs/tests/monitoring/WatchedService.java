// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.monitoring;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.catrs.local.broker.EmbeddedBroker;
import org.catrs.tests.ForkPorts;
import org.catrs.tests.stream.CertifierProcess;
import org.catrs.tests.stream.ImageProducer;

/** A certifier at work on the demo's stream with a model that comes with catrs, and a Prometheus that scrapes it. */
final class WatchedService implements AutoCloseable {
    /** Answers before those that are compared with them. */
    static final int BASELINE = 100;

    private static final int IMAGES_A_SECOND = 5;

    /** One image in so many is damaged. */
    private static final int DAMAGED = 50;

    private final EmbeddedBroker broker;
    private final CertifierProcess certifier;
    private final Prometheus prometheus;
    private final ImageProducer producer;
    private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
    private volatile ImageSource source = ImageSource.DIGITS;
    private int sent;

    private WatchedService(
            EmbeddedBroker broker, CertifierProcess certifier, Prometheus prometheus, ImageProducer producer) {
        this.broker = broker;
        this.certifier = certifier;
        this.prometheus = prometheus;
        this.producer = producer;
    }

    /**
     * Starts it, and sends digits until it is closed.
     *
     * @param rules text of the file of rules
     */
    static WatchedService start(Path work, String rules) throws IOException {
        EmbeddedBroker broker = EmbeddedBroker.start(work.resolve("broker"), ForkPorts.free());
        CertifierProcess certifier = CertifierProcess.launch(
                work,
                broker.bootstrapServers(),
                Map.of("n", "300", "precision", "int8", "shifts.baseline.images", "" + BASELINE),
                "--model",
                "mnist-0.50");
        certifier.awaitReady();
        Prometheus prometheus = Prometheus.start(work, Map.of("catrs-certifier", certifier.address()), rules);
        WatchedService service =
                new WatchedService(broker, certifier, prometheus, new ImageProducer(broker.bootstrapServers()));
        service.sender.scheduleAtFixedRate(service::send, 0, 1_000 / IMAGES_A_SECOND, TimeUnit.MILLISECONDS);
        return service;
    }

    private void send() {
        int index = sent++;
        producer.sendPng("image-" + index, index % DAMAGED == DAMAGED - 1 ? new byte[] {1, 2, 3} : source.png(index));
    }

    /** Sends images from somewhere else from now on. */
    void sendFrom(ImageSource other) {
        source = other;
    }

    Prometheus prometheus() {
        return prometheus;
    }

    CertifierProcess certifier() {
        return certifier;
    }

    @Override
    public void close() {
        sender.shutdownNow();
        producer.close();
        prometheus.close();
        certifier.close();
        broker.close();
    }
}
