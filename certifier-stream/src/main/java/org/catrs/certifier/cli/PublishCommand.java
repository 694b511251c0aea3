// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import java.util.Map;
import org.catrs.certifier.cli.client.ImagePublisher;
import org.catrs.certifier.cli.options.BrokerOptions;
import org.catrs.certifier.cli.options.ImageSourceOptions;
import org.catrs.certifier.cli.options.SelectionOptions;
import org.catrs.certifier.smoothing.PlanRequest;
import org.catrs.program.service.BrokerAccess;
import org.catrs.program.service.Brokers;
import org.catrs.program.terminal.Progress;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.dataset.ImageSource;
import org.catrs.schemas.topic.Topics;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Sends images to be certified. */
@Command(
        name = "publish",
        description = "Sends images to be certified: image files as they are, or a data set with its labels. Succeeds "
                + "when the brokers have them all.",
        mixinStandardHelpOptions = true)
public final class PublishCommand implements Runnable {
    @Mixin
    private BrokerOptions brokers = new BrokerOptions();

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ImageSourceOptions source;

    @Mixin
    private SelectionOptions selection = new SelectionOptions();

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "model to certify with, by its name in 'models list' (default: the certifiers' own default)")
    private @Nullable String model;

    @Option(
            names = "--target-radius",
            paramLabel = "R",
            description = "ask for certificates at this radius, in units of pixels scaled to [0, 1]")
    private @Nullable Double targetRadius;

    @Option(
            names = "--deadline",
            paramLabel = "SECONDS",
            description = "ask for an answer so long after an image's certification began, whatever is shown by then")
    private @Nullable Double deadline;

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            defaultValue = Topics.IMAGES,
            description = "topic to send to (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String topic;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        int skip = selection.skip();
        int max = selection.max();
        PlanRequest plan = plan();
        ImageSource images = source.open(selection.split());
        Map<String, String> properties = brokers.properties();
        try (Brokers found = Brokers.connect(properties)) {
            found.require(BrokerAccess.none().writing(topic));
        }
        try (ImagePublisher publisher = ImagePublisher.connect(properties, topic, model, plan)) {
            publish(images, skip, max, publisher);
            spec.commandLine().getOut().println("sent " + publisher.acknowledged() + " images to " + topic);
            spec.commandLine().getOut().flush();
        }
    }

    private PlanRequest plan() {
        try {
            return new PlanRequest(null, targetRadius, null, deadline);
        } catch (InvalidDataException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static void publish(ImageSource images, int skip, int max, ImagePublisher publisher) {
        long total = Math.min(max, (images.size() + skip - 1L) / skip);
        try (Progress progress = Progress.start("publish", "images", total)) {
            for (int sent = 0; sent < total; sent++) {
                publisher.send(images.get(sent * skip));
                progress.update(publisher.acknowledged(), "");
            }
            publisher.finish();
            progress.update(publisher.acknowledged(), "");
        }
    }
}
