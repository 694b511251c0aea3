// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.jobs;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.catrs.tests.Catrs;
import org.catrs.tests.ForkPorts;
import org.catrs.tests.ServiceProcess;

/** The trainer as a process of its own, into which a debugger can look. */
final class TrainerProcess extends ServiceProcess {
    private static final Duration START_LIMIT = Duration.ofSeconds(120);

    private static final Map<String, String> QUICK = Map.of(
            // What a killed instance held is free after these: the least that the broker allows.
            "session.timeout.ms", "6000",
            "heartbeat.interval.ms", "1000",
            "estimate.images", "10",
            "estimate.samples", "20");

    private final int debugPort;

    private TrainerProcess(Catrs command, int port, int debugPort) {
        super(command, port, START_LIMIT);
        this.debugPort = debugPort;
    }

    /** Starts a trainer and waits until it has its partitions. */
    static TrainerProcess start(Path work, Map<String, String> settings, Map<String, String> environment) {
        int port = ForkPorts.free();
        int debugPort = ForkPorts.free();
        Map<String, String> variables = new HashMap<>(environment);
        variables.put(
                "JAVA_TOOL_OPTIONS",
                "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=127.0.0.1:" + debugPort);
        Map<String, String> all = new HashMap<>(QUICK);
        all.putAll(settings);
        String configuration = configuration(work, port, all).toString();
        TrainerProcess process =
                new TrainerProcess(Catrs.start(work, variables, "trainer", "--config", configuration), port, debugPort);
        process.awaitReady();
        return process;
    }

    /** Looks into the process. */
    Debugger debug() {
        return Debugger.attach(debugPort);
    }
}
