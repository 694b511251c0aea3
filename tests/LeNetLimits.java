// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.GradientCollector;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.catrs.trainer.engine.TorchEngine;

/**
 * What limits the training of LeNet on this machine, by the library that the trainer computes with, on a thread for each
 * core, as the trainer does. The first line is billions of floating-point operations of matrix products per second. Each
 * further one is a part of the network with the microseconds that one copy's passes take in it: forward (F), backward to
 * the input alone (X), and backward to parameters and input (W); measured as what the network up to this part takes longer
 * than up to the part before. Run by bench-training as a source file.
 */
final class LeNetLimits {
    private static final int SIZE = 1024;
    private static final int COPIES = 128;
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
        List<String> names = List.of("conv1", "relu1+pool1", "conv2", "relu2+pool2", "linear1", "relu3", "linear2");
        double[] before = new double[Kind.values().length];
        for (int parts = 1; parts <= names.size(); parts++) {
            double[] now = new double[before.length];
            for (Kind kind : Kind.values()) {
                int upTo = parts;
                double seconds = perCore(manager -> pass(manager, collector, kind, upTo));
                now[kind.ordinal()] = 1e6 * seconds / COPIES;
            }
            double forward = now[0] - before[0];
            System.out.printf(
                    Locale.ROOT,
                    "%s %.3f %.3f %.3f%n",
                    names.get(parts - 1),
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

    /** A pass of the first parts of the network. */
    private static Runnable pass(NDManager manager, GradientCollector collector, Kind kind, int parts) {
        List<NDArray> parameters = new ArrayList<>();
        List<UnaryOperator<NDArray>> network = network(manager, parameters);
        parameters.forEach(parameter -> parameter.setRequiresGradient(kind == Kind.TO_PARAMETERS));
        NDArray images = manager.randomUniform(0, 1, new Shape(COPIES, 1, 28, 28));
        NDArray noise = manager.randomNormal(images.getShape());
        return () -> {
            try (NDManager scope = manager.newSubManager()) {
                NDArray values = images.add(noise);
                values.attach(scope);
                values.setRequiresGradient(kind != Kind.FORWARD);
                for (UnaryOperator<NDArray> part : network.subList(0, parts)) {
                    values = part.apply(values);
                }
                if (kind != Kind.FORWARD) {
                    collector.backward(values); // a gradient of ones, as dense as the real one
                }
            }
        };
    }

    private static List<UnaryOperator<NDArray>> network(NDManager manager, List<NDArray> parameters) {
        return List.of(
                convolution(manager, parameters, 1, 20),
                LeNetLimits::reluAndPool,
                convolution(manager, parameters, 20, 50),
                LeNetLimits::reluAndPool,
                linear(manager, parameters, 800, 500),
                Activation::relu,
                linear(manager, parameters, 500, 10));
    }

    private static UnaryOperator<NDArray> convolution(NDManager manager, List<NDArray> parameters, int in, int out) {
        NDArray weight = manager.randomNormal(new Shape(out, in, 5, 5)).mul(0.1);
        NDArray bias = manager.zeros(new Shape(out));
        parameters.addAll(List.of(weight, bias));
        return values -> Conv2d.conv2d(values, weight, bias).singletonOrThrow();
    }

    private static NDArray reluAndPool(NDArray values) {
        Shape two = new Shape(2, 2);
        return Pool.maxPool2d(Activation.relu(values), two, two, new Shape(0, 0), false);
    }

    private static UnaryOperator<NDArray> linear(NDManager manager, List<NDArray> parameters, int in, int out) {
        NDArray weight = manager.randomNormal(new Shape(out, in)).mul(0.05);
        NDArray bias = manager.zeros(new Shape(out));
        parameters.addAll(List.of(weight, bias));
        return values -> Linear.linear(values.reshape(-1, in), weight, bias).singletonOrThrow();
    }

    /** Processor seconds that a task takes when all cores are at it: of each core the best of some rounds, in the mean. */
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
