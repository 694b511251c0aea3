// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.architecture;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.catrs.schemas.CloseOnFailure;
import org.catrs.schemas.image.ImageShape;
import org.catrs.trainer.architecture.ParameterTensor.Role;

/**
 * A network in PyTorch with parameters of its own, for use by one thread. Threads that compute parts of one gradient
 * each have one, loaded with the same values.
 */
public final class Network implements AutoCloseable {
    private final NetworkSpecification specification;
    private final GradientCollector collector;
    private final NDManager manager;
    private final SequentialBlock block = new SequentialBlock();
    private final ParameterStore store;
    private final List<Parameter> trained = new ArrayList<>();
    private final List<Parameter> statistics = new ArrayList<>();
    private final List<ParameterTensor> tensors;
    private boolean frozen;

    /**
     * A network on the CPU.
     *
     * @param collector the one open collector of this process, which all networks share
     */
    public Network(NetworkSpecification specification, GradientCollector collector) {
        this(specification, collector, Device.cpu());
    }

    /**
     * A network on a device.
     *
     * @param collector the one open collector of this process, which all networks share
     */
    public Network(NetworkSpecification specification, GradientCollector collector, Device device) {
        this.specification = specification;
        this.collector = collector;
        try (CloseOnFailure opened = new CloseOnFailure()) {
            this.manager = opened.add(NDManager.newBaseManager(device, "PyTorch"));
            this.store = new ParameterStore(manager, false);
            specification.layers().forEach(layer -> block.add(layer.toBlock()));
            block.initialize(manager, DataType.FLOAT32, batchShape(1));
            for (Parameter parameter : block.getParameters().values()) {
                (isStatistic(parameter) ? statistics : trained).add(parameter);
            }
            tensors = tensors();
            opened.succeeded();
        }
    }

    private static boolean isStatistic(Parameter parameter) {
        return parameter.getType() == Parameter.Type.RUNNING_MEAN || parameter.getType() == Parameter.Type.RUNNING_VAR;
    }

    private List<ParameterTensor> tensors() {
        List<ParameterTensor> found = new ArrayList<>();
        List<Parameter> all =
                Stream.concat(trained.stream(), statistics.stream()).toList();
        for (int i = 0; i < all.size(); i++) {
            Parameter parameter = all.get(i);
            boolean normalized = i + 1 < all.size() && all.get(i + 1).getType() == Parameter.Type.GAMMA;
            List<Long> shape = Arrays.stream(parameter.getArray().getShape().getShape())
                    .boxed()
                    .toList();
            found.add(new ParameterTensor(parameter.getName() + i, shape, role(parameter.getType(), normalized)));
        }
        return found;
    }

    private static Role role(Parameter.Type type, boolean normalized) {
        return switch (type) {
            case WEIGHT -> normalized ? Role.NORMALIZED_WEIGHT : Role.WEIGHT;
            case BIAS -> Role.BIAS;
            case GAMMA -> Role.SCALE;
            case BETA -> Role.SHIFT;
            case RUNNING_MEAN -> Role.MEAN;
            case RUNNING_VAR -> Role.VARIANCE;
            default -> throw new IllegalStateException("no layer has a parameter of type " + type);
        };
    }

    /** Number of values that are trained, all tensors together. */
    public int trainedCount() {
        return count(trained);
    }

    /** Number of running statistics of batch normalizations, 0 for a network without. */
    public int statisticsCount() {
        return count(statistics);
    }

    private static int count(List<Parameter> parameters) {
        return parameters.stream()
                .mapToInt(parameter -> Math.toIntExact(parameter.getArray().size()))
                .sum();
    }

    /** Whether, in training, the logits of an image depend on the images beside it, by batch normalization. */
    public boolean normalizesBatches() {
        return !statistics.isEmpty();
    }

    /** Fresh parameters for this network, initialised as in the papers. */
    public Parameters initialParameters(RandomGenerator random) {
        return Parameters.initial(tensors, random);
    }

    /** Takes over values for all parameters, in the order of {@link Parameters}. */
    public void load(float[] values) {
        put(trained, values, 0);
        loadStatistics(values);
    }

    /** Takes over the running statistics alone; {@code values} are all parameters, as for {@link #load}. */
    public void loadStatistics(float[] values) {
        put(statistics, values, values.length - statisticsCount());
    }

    private static void put(List<Parameter> parameters, float[] values, int from) {
        int position = from;
        for (Parameter parameter : parameters) {
            NDArray array = parameter.getArray();
            int count = Math.toIntExact(array.size());
            if (array.getDevice().isGpu()) {
                array.set(FloatBuffer.wrap(values, position, count));
            } else {
                // In place: in memory of Java's, at another alignment, the same values round differently.
                array.toByteBuffer(true).asFloatBuffer().put(values, position, count);
            }
            position += count;
        }
    }

    /** A scope for tensors; what is made in it is freed with it. */
    public NDManager newScope() {
        return manager.newSubManager();
    }

    private Shape batchShape(long images) {
        ImageShape input = specification.input();
        return new Shape(images, input.channels(), input.height(), input.width());
    }

    /**
     * Images with noise, as a batch.
     *
     * @param images float32 [images, 1, C x H x W] in pixels scaled to [0, 1]
     * @param noise float32 [images, noises, C x H x W]
     * @param scope what they, and all that is computed from them, belong to
     * @return float32 [images x noises, C, H, W]
     */
    public NDArray copies(NDArray images, NDArray noise, NDManager scope) {
        NDArray sums = images.add(noise);
        sums.attach(scope);
        return sums.reshape(batchShape(sums.size() / specification.input().size()));
    }

    /**
     * Logits of images. Batch normalizations take their statistics from the images, and move their running statistics
     * towards them, unless the network is frozen.
     *
     * @param images float32 [batch, C, H, W]
     * @return float32 [batch, classes], in the scope of the images
     */
    public NDArray logits(NDArray images) {
        NDArray normalized = specification.normalization().apply(images);
        return block.forward(store, new NDList(normalized), !frozen).singletonOrThrow();
    }

    /**
     * Freezes a network for an attack, or lets it train again. A frozen network computes as in use, with its running
     * statistics, which it leaves as they are; there are no gradients of its parameters, but of images.
     */
    public void freeze(boolean freeze) {
        frozen = freeze;
        trained.forEach(parameter -> parameter.freeze(freeze));
    }

    /** Adds the gradient of a scalar to the parameters that are not frozen, and to inputs that require one. */
    public void backward(NDArray loss) {
        collector.backward(loss);
    }

    /**
     * Moves the gradient of the parameters out, and sets it to zero.
     *
     * @param gradient receives it, in the order of {@link Parameters}, without the statistics
     */
    public void takeGradient(float[] gradient) {
        int position = 0;
        try (NDManager scope = newScope()) {
            for (Parameter parameter : trained) {
                NDArray array = parameter.getArray().getGradient();
                position += read(array, scope, gradient, position);
                array.subi(array);
            }
        }
    }

    /**
     * Copies the running statistics out.
     *
     * @param target receives them, in the order of {@link Parameters}
     */
    public void copyStatistics(float[] target) {
        int position = 0;
        try (NDManager scope = newScope()) {
            for (Parameter parameter : statistics) {
                NDArray array = parameter.getArray();
                position += read(array.reshape(array.getShape()), scope, target, position);
            }
        }
    }

    /**
     * Reads a tensor in the scope: of one on a GPU, DJL leaves a copy on the CPU where the tensor belongs to, which would
     * stay as long as the network.
     *
     * @return number of its values
     */
    static int read(NDArray array, NDManager scope, float[] target, int position) {
        array.attach(scope);
        FloatBuffer values = array.toByteBuffer(true).asFloatBuffer();
        int count = values.remaining();
        values.get(target, position, count);
        return count;
    }

    @Override
    public void close() {
        manager.close();
    }
}
