// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.faults;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.catrs.local.process.ChildProcess;
import org.catrs.local.process.Guarded;
import org.catrs.tests.ForkPorts;
import org.catrs.tests.held.StreamCase;

/**
 * Kafka brokers, each a process of its own. Beside its own port, each listens at one that it advertises as that of a
 * {@link TcpProxy}: whoever comes through the proxy stays behind it.
 */
final class Cluster implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private final List<Node> nodes;

    private record Node(Path directory, Properties properties, int port, TcpProxy proxy) {}

    private final List<ChildProcess> processes = new ArrayList<>();

    private Cluster(List<Node> nodes) {
        this.nodes = nodes;
        nodes.forEach(node -> processes.add(launch(node)));
        awaitBrokers(nodes.size());
    }

    static Cluster start(Path work, int size) {
        List<Integer> controllers =
                IntStream.range(0, size).mapToObj(id -> ForkPorts.free()).toList();
        String voters = IntStream.range(0, size)
                .mapToObj(id -> id + "@127.0.0.1:" + controllers.get(id))
                .collect(Collectors.joining(","));
        return new Cluster(IntStream.range(0, size)
                .mapToObj(id -> node(work.resolve("broker-" + id), id, controllers.get(id), voters, size))
                .toList());
    }

    private static Node node(Path directory, int id, int controller, String voters, int size) {
        int port = ForkPorts.free();
        int behind = ForkPorts.free();
        TcpProxy proxy = TcpProxy.start(ForkPorts.free(), behind);
        Properties properties = new Properties();
        properties.setProperty("process.roles", "broker,controller");
        properties.setProperty("node.id", Integer.toString(id));
        properties.setProperty("controller.quorum.voters", voters);
        properties.setProperty("controller.listener.names", ClusterNode.CONTROLLER);
        properties.setProperty("inter.broker.listener.name", "DIRECT");
        properties.setProperty(
                "listeners",
                "DIRECT://127.0.0.1:" + port + ",PROXIED://127.0.0.1:" + behind + "," + ClusterNode.CONTROLLER
                        + "://127.0.0.1:" + controller);
        properties.setProperty(
                "advertised.listeners", "DIRECT://127.0.0.1:" + port + ",PROXIED://127.0.0.1:" + proxy.port());
        properties.setProperty(
                "listener.security.protocol.map",
                "DIRECT:PLAINTEXT,PROXIED:PLAINTEXT," + ClusterNode.CONTROLLER + ":PLAINTEXT");
        properties.setProperty("log.dirs", directory.resolve("data").toString());
        properties.setProperty("auto.create.topics.enable", "false");
        for (String internal : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            properties.setProperty(internal + ".replication.factor", Integer.toString(size));
            properties.setProperty(internal + ".num.partitions", "3");
        }
        String inSync = Integer.toString(size / 2 + 1);
        properties.setProperty("transaction.state.log.min.isr", inSync);
        properties.setProperty("share.coordinator.state.topic.min.isr", inSync);
        properties.setProperty("min.insync.replicas", inSync);
        properties.setProperty("num.network.threads", "2");
        properties.setProperty("num.io.threads", "4");
        properties.setProperty("background.threads", "2");
        properties.setProperty("log.cleaner.dedupe.buffer.size", "2097152");
        properties.setProperty("log.cleaner.io.buffer.size", "65536");
        properties.setProperty("group.initial.rebalance.delay.ms", "0");
        // What a test waits for: the broker's defaults are five minutes, and a minute.
        properties.setProperty("log.retention.check.interval.ms", "500");
        properties.setProperty("file.delete.delay.ms", "500");
        return new Node(directory, properties, port, proxy);
    }

    private static ChildProcess launch(Node node) {
        try {
            Files.createDirectories(node.directory());
            Path file = node.directory().resolve("server.properties");
            try (Writer writer = Files.newBufferedWriter(file)) {
                node.properties().store(writer, null);
            }
            return ChildProcess.logging(
                    "broker",
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Dlogback.configurationFile=org/catrs/local/logback.xml",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Guarded.class.getName(),
                            ClusterNode.class.getName(),
                            file.toString()),
                    node.directory().resolve("broker.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Addresses of all brokers. */
    String bootstrapServers() {
        return nodes.stream().map(node -> "127.0.0.1:" + node.port()).collect(Collectors.joining(","));
    }

    /** Addresses of all brokers through their proxies. */
    String proxiedServers() {
        return nodes.stream().map(node -> "127.0.0.1:" + node.proxy().port()).collect(Collectors.joining(","));
    }

    /** Cuts the connections of those who come through the proxies: nothing arrives, and nothing is refused. */
    void cut() {
        nodes.forEach(node -> node.proxy().cut());
    }

    /** Lets everything arrive again, what was sent meanwhile too. */
    void heal() {
        nodes.forEach(node -> node.proxy().heal());
    }

    /** Kills a broker as {@code kill -9} does. */
    void kill(int node) {
        processes.get(node).killForcibly();
    }

    /** Starts a broker that was killed, and waits until all that run know of it. */
    void restart(int node) {
        processes.set(node, launch(nodes.get(node)));
        awaitBrokers(nodes.size());
    }

    private void awaitBrokers(int count) {
        try (Admin admin =
                Admin.create(java.util.Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()))) {
            await("brokers")
                    .atMost(LIMIT)
                    .ignoreExceptions()
                    .until(() ->
                            StreamCase.join(admin.describeCluster().nodes()).size() == count);
        }
    }

    @Override
    public void close() {
        processes.forEach(ChildProcess::killForcibly);
        nodes.forEach(node -> node.proxy().close());
    }
}
