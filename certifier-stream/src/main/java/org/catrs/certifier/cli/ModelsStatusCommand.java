// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.catrs.certifier.cli.client.CompactedTopic;
import org.catrs.certifier.cli.client.CompactedTopic.Latest;
import org.catrs.certifier.cli.options.BrokerOptions;
import org.catrs.certifier.evaluation.summary.TextTable;
import org.catrs.program.service.BrokerAccess;
import org.catrs.program.service.Brokers;
import org.catrs.schemas.event.ModelStatus;
import org.catrs.schemas.topic.Topics;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what became of the releases. */
@Command(
        name = "status",
        description =
                "Prints what each certifier made of the last release of each model, what it serves under this name"
                        + " now, and why a release was refused.",
        mixinStandardHelpOptions = true)
final class ModelsStatusCommand implements Runnable {
    @Mixin
    private BrokerOptions brokers = new BrokerOptions();

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            defaultValue = Topics.MODEL_STATUS,
            description = "topic that certifiers report to (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String topic;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        Map<String, String> properties = brokers.properties();
        try (Brokers found = Brokers.connect(properties)) {
            found.require(BrokerAccess.none().reading(topic));
        }
        Collection<Latest<ModelStatus>> statuses = CompactedTopic.read(
                        properties, topic, ModelStatus.class, spec.commandLine().getErr()::println)
                .values();
        PrintWriter out = spec.commandLine().getOut();
        out.print(table(statuses).toText());
        for (Latest<ModelStatus> latest : statuses) {
            ModelStatus status = latest.event();
            if (status.message() != null) {
                out.println();
                out.println(status.name() + " " + text(status.version()) + " on " + status.instance() + ": "
                        + status.message());
            }
        }
        out.flush();
        spec.commandLine().getErr().flush();
    }

    private static TextTable table(Collection<Latest<ModelStatus>> statuses) {
        List<List<String>> rows = new ArrayList<>();
        for (Latest<ModelStatus> latest : statuses) {
            ModelStatus status = latest.event();
            rows.add(List.of(
                    status.name(),
                    status.instance(),
                    status.state().toString(),
                    text(status.version()),
                    text(status.servedVersion()),
                    text(status.reason()),
                    latest.time().toString()));
        }
        return new TextTable(List.of("model", "certifier", "state", "version", "served", "reason", "since"), rows);
    }

    private static String text(@Nullable String value) {
        return value == null ? "-" : value;
    }
}
