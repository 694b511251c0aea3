// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.catrs.certifier.cli.client.CompactedTopic;
import org.catrs.certifier.cli.options.ModelsTopicOptions;
import org.catrs.certifier.evaluation.summary.TextTable;
import org.catrs.schemas.event.ModelRelease;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the models that are released. */
@Command(
        name = "list",
        description = "Prints the last release of each model that is not retired.",
        mixinStandardHelpOptions = true)
final class ModelsListCommand implements Runnable {
    private static final int SHORT_HASH_LENGTH = 12;

    @Mixin
    private ModelsTopicOptions topic = new ModelsTopicOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        Collection<CompactedTopic.Latest<ModelRelease>> releases = CompactedTopic.read(
                        topic.toRead(),
                        topic.topic(),
                        ModelRelease.class,
                        spec.commandLine().getErr()::println)
                .values();
        List<List<String>> rows = new ArrayList<>();
        for (CompactedTopic.Latest<ModelRelease> latest : releases) {
            ModelRelease release = latest.event();
            rows.add(List.of(
                    release.name(),
                    release.version(),
                    release.sha256().substring(0, SHORT_HASH_LENGTH),
                    Double.toString(release.sigma()),
                    release.inputShape().toString(),
                    Integer.toString(release.classNames().size()),
                    latest.time().toString(),
                    release.location()));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(new TextTable(
                        List.of("model", "version", "sha256", "sigma", "images", "classes", "released", "location"),
                        rows)
                .toText());
        out.flush();
        spec.commandLine().getErr().flush();
    }
}
