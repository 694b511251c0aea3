// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.catrs.certifier.stream.intake.RejectionReason;
import org.catrs.console.ServiceMetric;
import org.catrs.program.terminal.PageCommand;
import org.catrs.program.terminal.ReferencePage;
import org.catrs.program.terminal.ReferenceTable;
import org.catrs.schemas.topic.Topics;
import picocli.CommandLine.Command;

/** Prints what one looks up beside the settings. */
@Command(
        name = "reference",
        description = "Prints what one looks up beside the settings: deploy/catrs reference rejections, deploy/catrs"
                + " reference topics, deploy/catrs reference metrics.",
        mixinStandardHelpOptions = true)
public final class ReferenceCommand extends PageCommand {
    public ReferenceCommand() {
        super(Map.of("rejections", rejections(), "topics", topics(), "metrics", metrics()));
    }

    private static ReferencePage rejections() {
        return new ReferencePage(
                "Why images are rejected",
                List.of(
                        "An image that cannot be certified goes to the topic `images-rejected` as it came, with its key and"
                                + " headers. The header `catrs.error.reason` has one of these reasons, `catrs.error.stage` its"
                                + " stage, and Kafka's `__streams.errors.*` the message and where the image was. The metric"
                                + " `catrs_images_rejected_total` counts them. `input` is for the image's producer to mend, `model`"
                                + " for the one who releases models, `infrastructure` for the operator."),
                new ReferenceTable(
                        List.of("Reason", "Stage", "Fault", "Meaning", "What to do"),
                        Arrays.stream(RejectionReason.values())
                                .map(reason -> List.of(
                                        reason.name(),
                                        reason.stage().toString(),
                                        reason.fault().name().toLowerCase(Locale.ROOT),
                                        reason.meaning(),
                                        reason.remedy()))
                                .toList()),
                "deploy/catrs reference rejections --markdown");
    }

    private static ReferencePage topics() {
        return new ReferencePage(
                "Topics",
                List.of("The names are defaults; settings of [certifier](../certifier-stream/CONFIGURATION.md) and"
                        + " [trainer](../trainer/CONFIGURATION.md) change them. Services do not create topics. A topic is"
                        + " compacted with `cleanup.policy=compact`. What the events hold is in `schemas/events`."),
                new ReferenceTable(
                        List.of("Topic", "Key", "Value", "Compacted", "Written by", "Read by", "Meaning"),
                        Topics.ALL.stream()
                                .map(topic -> List.of(
                                        topic.name(),
                                        topic.key(),
                                        topic.value(),
                                        topic.isCompacted() ? "yes" : "no",
                                        topic.writtenBy(),
                                        topic.readBy(),
                                        topic.meaning()))
                                .toList()),
                "deploy/catrs reference topics --markdown");
    }

    private static ReferencePage metrics() {
        return new ReferencePage(
                "Metrics",
                List.of(
                        "Each service serves these at `/metrics`: as Prometheus's text, or where the scraper's header"
                                + " `Accept` asks for it as OpenMetrics or as Prometheus's protobuf. `catrs_trainer_*`"
                                + " are the trainer's, the other `catrs_*` the certifier's. A histogram has `_bucket`,"
                                + " `_sum` and `_count` after its name; protobuf has native buckets beside these, and it"
                                + " and OpenMetrics have the newest trace of each bucket as an exemplar. A summary has `_sum` and `_count`, and that of a model's loading"
                                + " `_max`. Beside them stand Micrometer's metrics of Java and the machine (`jvm_*`,"
                                + " `process_*`, `system_*`).",
                        "`model` and `version` are those of the model that an image gets; both are empty where none is"
                                + " known, as for an image that asks for a model that is not served. A model's counters"
                                + " exist at 0 from its service on. An instance shows 20 versions at most: those that"
                                + " are no longer served and had no image for longest go. So"
                                + " `catrs_images_unaccounted` says whether received = certified + abstained +"
                                + " rejected + given up + at hand, rather than a sum over the counters."),
                new ReferenceTable(
                        List.of("Metric", "Type", "Unit", "Labels", "Meaning", "Question that it answers"),
                        Arrays.stream(ServiceMetric.values())
                                .map(metric -> List.of(
                                        metric.prometheusName(),
                                        metric.type(),
                                        metric.unit(),
                                        String.join(", ", metric.labels()),
                                        metric.meaning(),
                                        metric.question()))
                                .toList()),
                "deploy/catrs reference metrics --markdown");
    }
}
