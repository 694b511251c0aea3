// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.stream;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.catrs.tests.Catrs;
import org.catrs.tests.Checkout;
import org.catrs.tests.ForkPorts;
import org.catrs.tests.ServiceProcess;

/** The certifier as a process of its own, with a model that tells bright images from dark ones. */
public final class CertifierProcess extends ServiceProcess {
    /** Takes images of 3 x 8 x 8; see generate.py beside it. */
    public static final Path BRIGHTNESS = Checkout.ROOT.resolve("tests/src/test/resources/brightness");

    private static final Duration START_LIMIT = Duration.ofSeconds(180);

    private static final Map<String, String> QUICK = Map.of(
            "n", "1000",
            // What a killed instance held is free after these.
            "consumer.session.timeout.ms", "3000",
            "consumer.heartbeat.interval.ms", "500",
            "transaction.timeout.ms", "5000",
            "record.max.seconds", "2");

    private CertifierProcess(Catrs command, int port) {
        super(command, port, START_LIMIT);
    }

    /**
     * Starts the service and waits until it says that it is ready.
     *
     * @param work where its configuration, state and output are kept
     * @param settings beside those that keep the test quick
     */
    public static CertifierProcess start(Path work, String bootstrapServers, Map<String, String> settings) {
        CertifierProcess service = launch(work, bootstrapServers, settings, "--model", BRIGHTNESS.toString());
        service.awaitReady();
        return service;
    }

    /**
     * Starts the service, with released models if the settings say so.
     *
     * @param options beside the configuration file's
     */
    public static CertifierProcess launch(
            Path work, String bootstrapServers, Map<String, String> settings, String... options) {
        return launch(work, bootstrapServers, settings, Map.of(), options);
    }

    /**
     * As {@link #launch(Path, String, Map, String...)}.
     *
     * @param environment variables beside those of this process
     */
    public static CertifierProcess launch(
            Path work,
            String bootstrapServers,
            Map<String, String> settings,
            Map<String, String> environment,
            String... options) {
        int port = ForkPorts.free();
        Map<String, String> all = new HashMap<>(QUICK);
        all.put("state.dir", work.resolve("state").toString());
        all.putAll(settings);
        List<String> arguments = new ArrayList<>(List.of(
                "serve",
                "--config",
                configuration(work, port, all).toString(),
                "--bootstrap-server",
                bootstrapServers));
        arguments.addAll(List.of(options));
        return new CertifierProcess(Catrs.start(work, environment, arguments.toArray(String[]::new)), port);
    }
}
