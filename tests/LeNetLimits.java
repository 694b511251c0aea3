// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.catrs.schemas.image.ImageShape;
import org.catrs.trainer.architecture.Architecture;
import org.catrs.trainer.architecture.Network;
import org.catrs.trainer.architecture.NetworkSpecification;
import org.catrs.trainer.architecture.Normalization;
import org.catrs.trainer.engine.TorchEngine;

/**
 * What limits the training of LeNet on this machine, by the trainer's own network on a thread for each core, as the
 * trainer does. The first line is billions of floating-point operations of matrix products per second. Each
 * further one is a part of the network with the microseconds that one copy's passes take in it: forward (F), backward to
 * the input alone (X), and backward to parameters and input (W); measured as what the network up to this part takes longer
 * than up to the part before. Run by bench-training as a source file.
 */
final class LeNetLimits {
    private static final int SIZE = 1024;
    private static final int COPIES = 128;
    private static final int SIDE = 28;
    private static final List<String> PARTS = List.of("convolution1", "convolution2", "linear1", "linear2");
    /** Of LeNet's layers those that end each part. */
    private static final int[] LAYERS = {1, 2, 5, 6};
    private static final int ROUNDS = 8;
    private static final int TIMES = 5;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private LeNetLimits() {}

    public static void main(String[] arguments) {
        TorchEngine.start();
        double seconds = perCore(manager -> {
            NDArray factor = manager.randomNormal(new Shape(SIZE, SIZE));
            return () -> factor.matMul(factor).close();
        });
        System.out.printf(Locale.ROOT, "matrix-product %.1f%n", 2.0 * SIZE * SIZE * SIZE * CORES / seconds / 1e9);
        try (GradientCollector collector = TorchEngine.newCollector()) {
            printParts(collector);
        }
    }

    private static void printParts(GradientCollector collector) {
        NetworkSpecification whole =
                Architecture.LENET.specification(new ImageShape(1, SIDE, SIDE), 10, Normalization.NONE);
        double[] before = new double[Kind.values().length];
        for (int i = 0; i < PARTS.size(); i++) {
            NetworkSpecification part = new NetworkSpecification(
                    whole.input(), whole.classes(), whole.normalization(), whole.layers().subList(0, LAYERS[i]));
            double[] now = new double[before.length];
            for (Kind kind : Kind.values()) {
                now[kind.ordinal()] = 1e6 / COPIES * perCore(manager -> pass(manager, part, collector, kind));
            }
            double forward = now[0] - before[0];
            System.out.printf(
                    Locale.ROOT,
                    "%s %.3f %.3f %.3f%n",
                    PARTS.get(i),
                    forward,
                    now[1] - before[1] - forward,
                    now[2] - before[2] - forward);
            before = now;
        }
    }

    private enum Kind {
        FORWARD,
        TO_THE_INPUT,
        TO_PARAMETERS
    }

    private static Runnable pass(
            NDManager manager, NetworkSpecification specification, GradientCollector collector, Kind kind) {
        Network network = new Network(specification, collector);
        network.freeze(kind != Kind.TO_PARAMETERS);
        NDArray images = manager.randomUniform(0, 1, new Shape(COPIES, 1, SIDE * SIDE));
        NDArray noise = manager.randomNormal(images.getShape());
        return () -> {
            try (NDManager scope = network.newScope()) {
                NDArray copies = network.copies(images, noise, scope);
                copies.setRequiresGradient(kind != Kind.FORWARD);
                NDArray outputs = network.logits(copies);
                if (kind != Kind.FORWARD) {
                    network.backward(outputs); // a gradient of ones, as dense as the real one
                }
            }
        };
    }

    /** CPU seconds that a task takes when all cores are at it: of each core the best of some rounds, in the mean. */
    private static double perCore(Function<NDManager, Runnable> task) {
        List<CompletableFuture<Double>> cores = IntStream.range(0, CORES)
                .mapToObj(core -> CompletableFuture.supplyAsync(
                        () -> best(task), command -> new Thread(command).start()))
                .toList();
        return cores.stream().mapToDouble(CompletableFuture::join).average().orElseThrow();
    }

    private static double best(Function<NDManager, Runnable> task) {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Runnable prepared = task.apply(manager);
            prepared.run();
            double best = Double.POSITIVE_INFINITY;
            for (int round = 0; round < ROUNDS; round++) {
                long began = THREADS.getCurrentThreadCpuTime();
                for (int i = 0; i < TIMES; i++) {
                    prepared.run();
                }
                best = Math.min(best, (THREADS.getCurrentThreadCpuTime() - began) / 1e9 / TIMES);
            }
            return best;
        }
    }
}
