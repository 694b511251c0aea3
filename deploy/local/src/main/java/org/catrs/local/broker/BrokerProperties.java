// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.local.broker;

import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;

/** Configuration of a Kafka broker and controller in one process, sized for a small machine. */
final class BrokerProperties {
    static final String CONTROLLER_LISTENER = "CONTROLLER";
    static final int NODE_ID = 1;

    /** Settings to which more is added rather than put in their place. */
    static final Set<String> LISTS = Set.of("listeners", "listener.security.protocol.map");

    private BrokerProperties() {}

    static Properties of(Path dataDirectory, int port, int controllerPort) {
        Properties properties = new Properties();
        node(properties, dataDirectory, port, controllerPort);
        singleReplica(properties);
        small(properties);
        quick(properties);
        return properties;
    }

    private static void node(Properties properties, Path dataDirectory, int port, int controllerPort) {
        properties.setProperty("process.roles", "broker,controller");
        properties.setProperty("node.id", Integer.toString(NODE_ID));
        properties.setProperty("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
        properties.setProperty("controller.listener.names", CONTROLLER_LISTENER);
        properties.setProperty("inter.broker.listener.name", "PLAINTEXT");
        properties.setProperty(
                "listeners",
                "PLAINTEXT://127.0.0.1:" + port + "," + CONTROLLER_LISTENER + "://127.0.0.1:" + controllerPort);
        properties.setProperty(
                "listener.security.protocol.map", CONTROLLER_LISTENER + ":PLAINTEXT,PLAINTEXT:PLAINTEXT");
        properties.setProperty("log.dirs", dataDirectory.toString());
        properties.setProperty("auto.create.topics.enable", "false");
    }

    private static void singleReplica(Properties properties) {
        for (String internal :
                new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            properties.setProperty(internal + ".replication.factor", "1");
            properties.setProperty(internal + ".num.partitions", "1");
        }
        properties.setProperty("transaction.state.log.min.isr", "1");
        properties.setProperty("share.coordinator.state.topic.min.isr", "1");
    }

    private static void small(Properties properties) {
        properties.setProperty("num.network.threads", "2");
        properties.setProperty("num.io.threads", "4");
        properties.setProperty("background.threads", "2");
        // The default takes 128 MiB of heap.
        properties.setProperty("log.cleaner.dedupe.buffer.size", "2097152");
        properties.setProperty("log.cleaner.io.buffer.size", "65536");
    }

    private static void quick(Properties properties) {
        properties.setProperty("group.initial.rebalance.delay.ms", "0");
        properties.setProperty("group.streams.initial.rebalance.delay.ms", "0");
        // Clients that were killed may be given up sooner than after 6 seconds, if they ask for it.
        properties.setProperty("group.min.session.timeout.ms", "1000");
        // After kill -9, a restarted broker waits until the session of its former self has ended.
        properties.setProperty("broker.session.timeout.ms", "1500");
        properties.setProperty("broker.heartbeat.interval.ms", "300");
        properties.setProperty("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
    }
}
