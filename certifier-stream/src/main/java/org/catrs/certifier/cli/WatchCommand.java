// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.catrs.certifier.cli.client.AnswerConsumer;
import org.catrs.certifier.cli.client.AnswerLines;
import org.catrs.certifier.cli.client.AnswerRows;
import org.catrs.certifier.cli.client.AnswerSummary;
import org.catrs.certifier.cli.client.ReceivedAnswer;
import org.catrs.certifier.cli.client.ReceivedPrediction;
import org.catrs.certifier.cli.client.SignatureCheck;
import org.catrs.certifier.cli.client.WatchedTopics;
import org.catrs.certifier.cli.options.BrokerOptions;
import org.catrs.program.service.BrokerAccess;
import org.catrs.program.service.Brokers;
import org.catrs.program.service.StopSignal;
import org.catrs.program.terminal.TerminalText;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.signature.VerificationKeys;
import org.catrs.schemas.topic.Topics;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints answers as they come. */
@Command(
        name = "watch",
        description =
                "Prints answers as they come, until N have come or Ctrl-C: the label and the L2 radius (in units of"
                        + " pixels scaled to [0, 1], rounded down), or that the certifier abstained, and the true label where"
                        + " the producer said it. Rejected images are counted.",
        mixinStandardHelpOptions = true)
public final class WatchCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    @Mixin
    private BrokerOptions brokers = new BrokerOptions();

    @Option(names = "--from-beginning", description = "print what is in the topic already, too")
    private boolean fromBeginning;

    @Option(names = "--max", paramLabel = "N", description = "stop after N answers, whatever they are")
    private long max = Long.MAX_VALUE;

    @Option(names = "--json", description = "print each answer whole, as a line of JSON")
    private boolean json;

    @Option(names = "--rejected", description = "print rejected images, too, with the reason")
    private boolean rejected;

    @Option(
            names = "--out",
            paramLabel = "F.tsv",
            description = "write predictions of known true label to an evaluation file, for 'report'")
    private @Nullable Path out;

    @Option(
            names = "--keys",
            paramLabel = "F.pem|DIR",
            description = "public keys, one of which must have signed each prediction; says on standard error which are"
                    + " not, and then ends with exit code 1; may be given several times")
    private List<Path> keys = List.of();

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            defaultValue = Topics.CERTIFIED_PREDICTIONS,
            description = "topic of predictions (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String topic;

    @Option(
            names = "--rejected-topic",
            paramLabel = "TOPIC",
            defaultValue = Topics.IMAGES_REJECTED,
            description = "topic of rejected images (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String rejectedTopic;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private final AnswerLines lines = new AnswerLines(TerminalText.width());
    private final AnswerSummary summary = new AnswerSummary();
    private volatile boolean stopped;
    private @Nullable SignatureCheck signatures;

    @Override
    public Integer call() {
        if (max < 1) {
            throw new ParameterException(spec.commandLine(), "--max must be at least 1");
        }
        signatures = keys.isEmpty() ? null : new SignatureCheck(VerificationKeys.read(keys));
        Map<String, String> properties = brokers.properties();
        WatchedTopics topics = topics(properties);
        CountDownLatch finished = new CountDownLatch(1);
        try (AnswerRows rows = out == null ? null : new AnswerRows(out);
                AnswerConsumer reader = AnswerConsumer.open(properties, topics, fromBeginning, this::complain)) {
            StopSignal signal = StopSignal.then(() -> stop(reader, finished));
            watch(reader, rows);
            conclude(rows);
            signal.disregard();
            return exitCode();
        } finally {
            finished.countDown();
        }
    }

    /** Who asked for no rejected images need not have the right to read them. */
    private WatchedTopics topics(Map<String, String> properties) {
        try (Brokers found = Brokers.connect(properties)) {
            found.require(BrokerAccess.none().reading(topic));
            try {
                found.require(BrokerAccess.none().reading(rejectedTopic));
            } catch (InvalidDataException e) {
                if (rejected) {
                    throw e;
                }
                complain("rejected images are not counted: the topic " + rejectedTopic + " is not there, or may not be"
                        + " read");
                return new WatchedTopics(topic, null);
            }
        }
        return new WatchedTopics(topic, rejectedTopic);
    }

    private int exitCode() {
        return signatures == null || signatures.failed() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private int stop(AnswerConsumer reader, CountDownLatch finished) {
        stopped = true;
        reader.wakeUp();
        try {
            finished.await();
            return exitCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private void watch(AnswerConsumer reader, @Nullable AnswerRows rows) {
        PrintWriter printer = spec.commandLine().getOut();
        while (!stopped && summary.answers() < max) {
            for (ReceivedAnswer answer : reader.poll(PATIENCE)) {
                if (summary.answers() == max) {
                    return;
                }
                summary.add(answer, System.nanoTime());
                if (rejected || answer instanceof ReceivedPrediction) {
                    printer.println(json ? AnswerLines.json(answer) : lines.line(answer));
                }
                if (answer instanceof ReceivedPrediction prediction) {
                    check(prediction, rows);
                }
            }
            printer.flush();
        }
    }

    private void check(ReceivedPrediction prediction, @Nullable AnswerRows rows) {
        if (signatures != null) {
            signatures.problem(prediction).ifPresent(this::complain);
        }
        if (rows != null) {
            rows.add(prediction);
        }
    }

    private void conclude(@Nullable AnswerRows rows) {
        spec.commandLine().getOut().flush();
        complain(summary.line());
        if (signatures != null) {
            complain(summary.predictions() - signatures.failed() + " predictions are signed by a known key");
        }
        if (rows != null && rows.unlabelled() > 0) {
            complain(rows.unlabelled() + " predictions have no true label, and are not in " + out);
        }
    }

    /** To standard error, so that standard output holds answers and nothing else. */
    private void complain(String message) {
        spec.commandLine().getErr().println(TerminalText.visible(message));
        spec.commandLine().getErr().flush();
    }
}
