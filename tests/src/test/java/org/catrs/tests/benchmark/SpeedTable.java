// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.benchmark;

import ai.onnxruntime.OrtException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.catrs.certifier.network.model.ModelOptions;
import org.catrs.certifier.network.model.ServedModel;
import org.catrs.certifier.network.options.ExecutionProvider;
import org.catrs.certifier.network.options.InferenceOptions;
import org.catrs.certifier.network.options.Precision;
import org.catrs.program.terminal.DatasetOptions;
import org.catrs.program.terminal.Terminal;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.dataset.Dataset;
import org.catrs.schemas.dataset.Split;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints how fast certificates are made on this machine's CPU. Started by tests/bench. */
@Command(
        name = "tests/bench",
        description = "Measures certification on this machine's CPU: fresh noise, network, counting and bound, in "
                + "int8 and fp32, beside a peer, the noise alone and the speed of matrix products. Nothing else may run "
                + "meanwhile.",
        mixinStandardHelpOptions = true)
final class SpeedTable implements Runnable {
    /** Multiplications and additions of a LeNet for 28 x 28 pixels: two convolutions and two matrix products. */
    private static final double LENET_OPERATIONS =
            2.0 * (24 * 24 * 20 * 25 + 8 * 8 * 50 * 20 * 25 + 800 * 500 + 500 * 10);

    @Option(
            names = "--model",
            required = true,
            paramLabel = "DIR|NAME",
            description = "folder of a model, or the name of one that comes with catrs, such as mnist-0.50")
    private Path model;

    @Mixin
    private DatasetOptions dataset = new DatasetOptions();

    @Option(
            names = "--peer",
            paramLabel = "\"PROGRAM ARGUMENTS\"",
            description =
                    "a command that certifies images with the same network, and prints \"samples_per_second N\" last; "
                            + "run before and after")
    private @Nullable String peer;

    @Option(names = "--n", defaultValue = "100000", description = "samples per image (default: ${DEFAULT-VALUE})")
    private long n;

    @Option(names = "--images", defaultValue = "5", description = "images (default: ${DEFAULT-VALUE})")
    private int images;

    @Option(
            names = "--largest-n",
            defaultValue = "10000000",
            description = "how far the cost of a certificate is followed, from n = 1000 in powers of 10 (default: "
                    + "${DEFAULT-VALUE})")
    private long largestN;

    @Spec
    private CommandSpec spec;

    private SpeedTable() {}

    public static void main(String[] arguments) {
        System.exit(Terminal.run(new SpeedTable(), arguments));
    }

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        Dataset test = dataset.open(Split.TEST);
        int cores = Runtime.getRuntime().availableProcessors();
        double before = peer == null ? 0 : Peer.samplesPerSecond(peer);
        out.printf(Locale.ROOT, "%d cores, n = %d, %d images of %s%n%n", cores, n, images, test.name());
        out.printf(
                "| precision | samples/s | x peer | samples/core-second | noise, %% of the time | operations/core-second, %% of"
                        + " the matrix product's |%n|---|---|---|---|---|---|%n");
        for (Precision precision : List.of(Precision.INT8, Precision.FP32)) {
            try (ServedModel served = open(precision)) {
                Trial trial = new Trial(served, test);
                row(out, precision, trial.speed(n, images), trial.noiseSecondsPerSample(precision), before);
            }
        }
        if (peer != null) {
            out.printf(
                    Locale.ROOT, "| peer | %.0f before, %.0f after | 1 | | | |%n", before, Peer.samplesPerSecond(peer));
        }
        printCosts(out, test);
        out.flush();
    }

    private ServedModel open(Precision precision) {
        InferenceOptions inference = new InferenceOptions(0, precision, ExecutionProvider.CPU, null);
        return ServedModel.open(model, new ModelOptions(null, null, List.of(), inference));
    }

    private static void row(PrintWriter out, Precision precision, Trial.Speed speed, double noiseSeconds, double peer) {
        double gemm = gemm(precision);
        double operations = speed.samplesPerCoreSecond() * LENET_OPERATIONS;
        out.printf(
                Locale.ROOT,
                "| %s | %.0f | %s | %.0f | %.1f | %.0f G, %.0f%% of %.0f G |%n",
                precision,
                speed.samplesPerSecond(),
                peer == 0 ? "" : String.format(Locale.ROOT, "%.2f", speed.samplesPerSecond() / peer),
                speed.samplesPerCoreSecond(),
                100 * noiseSeconds * speed.samplesPerCoreSecond(),
                operations / 1e9,
                100 * operations / gemm,
                gemm / 1e9);
        out.flush();
    }

    private static double gemm(Precision precision) {
        try {
            return GemmPeak.valueOf(precision.name()).operationsPerCoreSecond();
        } catch (OrtException e) {
            throw new InvalidDataException("the matrix product does not run: " + e, e);
        }
    }

    private void printCosts(PrintWriter out, Dataset test) {
        out.printf("%nCost of a certificate in int8:%n%n| n | seconds | samples/s | heap in use, MB | process, MB |%n"
                + "|---|---|---|---|---|%n");
        try (ServedModel served = open(Precision.INT8)) {
            Trial trial = new Trial(served, test);
            for (long samples = 1000; samples <= largestN; samples *= 10) {
                int repeats = (int) Math.max(1, 100_000 / samples);
                double seconds = samples / trial.speed(samples, repeats).samplesPerSecond();
                out.printf(
                        Locale.ROOT,
                        "| %d | %.4f | %.0f | %.0f | %.0f |%n",
                        samples,
                        seconds,
                        samples / seconds,
                        Memory.heapMegabytes(),
                        Memory.processMegabytes());
                out.flush();
            }
        }
    }
}
