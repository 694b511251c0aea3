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
import org.catrs.certifier.cli.client.AnswerLines;
import org.catrs.certifier.cli.client.AnswerRows;
import org.catrs.certifier.cli.client.AnswerSummary;
import org.catrs.certifier.cli.client.PredictionReader;
import org.catrs.certifier.cli.client.ReceivedPrediction;
import org.catrs.certifier.cli.client.SignatureCheck;
import org.catrs.certifier.cli.options.BrokerOptions;
import org.catrs.program.service.BrokerAccess;
import org.catrs.program.service.Brokers;
import org.catrs.program.service.StopSignal;
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

/** Prints certified predictions as they come. */
@Command(
        name = "watch",
        description = "Prints certified predictions as they come, until N have come or Ctrl-C: the label and the L2 "
                + "radius (in units of pixels scaled to [0, 1], rounded down), or that the certifier abstained, and the "
                + "true label where the producer said it.",
        mixinStandardHelpOptions = true)
public final class WatchCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    @Mixin
    private BrokerOptions brokers = new BrokerOptions();

    @Option(names = "--from-beginning", description = "print what is in the topic already, too")
    private boolean fromBeginning;

    @Option(names = "--max", paramLabel = "N", description = "stop after N predictions")
    private long max = Long.MAX_VALUE;

    @Option(names = "--json", description = "print each prediction whole, as a line of JSON")
    private boolean json;

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
            description = "topic to read (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String topic;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private final AnswerLines lines = new AnswerLines();
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
        try (Brokers found = Brokers.connect(properties)) {
            found.require(BrokerAccess.none().reading(topic));
        }
        CountDownLatch finished = new CountDownLatch(1);
        try (AnswerRows rows = out == null ? null : new AnswerRows(out);
                PredictionReader reader = PredictionReader.open(properties, topic, fromBeginning, this::complain)) {
            StopSignal signal = StopSignal.then(() -> stop(reader, finished));
            watch(reader, rows);
            conclude(rows);
            signal.disregard();
            return exitCode();
        } finally {
            finished.countDown();
        }
    }

    private int exitCode() {
        return signatures == null || signatures.failed() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private int stop(PredictionReader reader, CountDownLatch finished) {
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

    private void watch(PredictionReader reader, @Nullable AnswerRows rows) {
        PrintWriter printer = spec.commandLine().getOut();
        while (!stopped && summary.answers() < max) {
            for (ReceivedPrediction answer : reader.poll(PATIENCE)) {
                if (summary.answers() == max) {
                    return;
                }
                summary.add(answer.prediction(), System.nanoTime());
                printer.println(json ? AnswerLines.json(answer) : lines.line(answer));
                if (signatures != null) {
                    signatures.problem(answer).ifPresent(this::complain);
                }
                if (rows != null) {
                    rows.add(answer);
                }
            }
            printer.flush();
        }
    }

    private void conclude(@Nullable AnswerRows rows) {
        spec.commandLine().getOut().flush();
        complain(summary.line());
        if (signatures != null) {
            complain(summary.answers() - signatures.failed() + " of them are signed by a known key");
        }
        if (rows != null && rows.unlabelled() > 0) {
            complain(rows.unlabelled() + " predictions have no true label, and are not in " + out);
        }
    }

    /** To standard error, so that standard output holds predictions and nothing else. */
    private void complain(String message) {
        spec.commandLine().getErr().println(message);
        spec.commandLine().getErr().flush();
    }
}
