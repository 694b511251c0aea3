// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.local.broker;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.kafka.common.utils.AppInfoParser;
import org.catrs.local.process.FrontDoor;
import org.catrs.local.process.RunningParts;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Runs a single-node broker until it is interrupted. */
@Command(
        name = "broker",
        description = "Runs a single-node Kafka broker with catrs's topics on this machine until Ctrl-C.",
        mixinStandardHelpOptions = true)
public final class BrokerCommand implements Callable<Integer> {
    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = "${sys:user.home}/.local/share/catrs/broker",
            description = "Where data, configuration and log are kept; ${DEFAULT-VALUE} where none is given.")
    private Path directory = Path.of("");

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "9092",
            description =
                    "Where clients connect, on 127.0.0.1; ${DEFAULT-VALUE} where none is given, 0 takes a free one.")
    private int port;

    @Override
    public Integer call() throws InterruptedException {
        try (RunningParts parts = new RunningParts()) {
            EmbeddedBroker broker = EmbeddedBroker.start(directory, port);
            parts.add(broker::close);
            explain(broker);
            broker.process().process().waitFor();
            if (!parts.isStopped()) {
                System.err.println("error: the broker ended; the last lines of its log:\n"
                        + broker.process().lastLines());
            }
            return ExitCode.SOFTWARE;
        }
    }

    private void explain(EmbeddedBroker broker) {
        String address = broker.bootstrapServers();
        String catrs = FrontDoor.ofThisProcess().shown();
        System.out.println("Kafka " + AppInfoParser.getVersion() + " listens on " + address);
        System.out.println("  data    " + directory + " (log: " + broker.log() + ")");
        System.out.println("  topics  " + String.join(", ", LocalTopics.names()));
        System.out.println("  serve   " + catrs + " serve --bootstrap-server " + address + " --model DIR");
        System.out.println(
                "  send    " + catrs + " publish --bootstrap-server " + address + " --dataset digits --max 10");
        System.out.println("  read    " + catrs + " watch --bootstrap-server " + address);
        System.out.println("Ctrl-C stops it.");
    }
}
