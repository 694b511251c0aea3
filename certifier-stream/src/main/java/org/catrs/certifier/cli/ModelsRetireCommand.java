// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import java.util.Map;
import org.catrs.certifier.cli.client.CompactedTopic;
import org.catrs.certifier.cli.client.ReleasePublisher;
import org.catrs.certifier.cli.options.ModelsTopicOptions;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.ModelRelease;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells certifiers to serve a model no more. */
@Command(
        name = "retire",
        description = "Tells the certifiers to serve a model no more: images that name it are rejected from then on.",
        mixinStandardHelpOptions = true)
final class ModelsRetireCommand implements Runnable {
    @Mixin
    private ModelsTopicOptions topic = new ModelsTopicOptions();

    @Parameters(paramLabel = "MODEL", description = "name of the model")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String name;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        Map<String, String> properties = topic.toReadAndWrite();
        Map<String, ?> released = CompactedTopic.read(
                properties,
                topic.topic(),
                ModelRelease.class,
                spec.commandLine().getErr()::println);
        spec.commandLine().getErr().flush();
        if (!released.containsKey(name)) {
            throw new InvalidDataException(
                    "there is no model " + name + " to retire; released are " + released.keySet());
        }
        try (ReleasePublisher publisher = ReleasePublisher.connect(properties, topic.topic())) {
            publisher.retire(name);
        }
        spec.commandLine().getOut().println("retired " + name);
        spec.commandLine().getOut().flush();
    }
}
