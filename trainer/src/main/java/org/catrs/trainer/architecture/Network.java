// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.architecture;

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
import org.catrs.schemas.image.ImageShape;

/**
 * A network in PyTorch with parameters of its own, for use by one thread. Threads that compute parts of one gradient
 * each have one, loaded with the same values.
 */
public final class Network implements AutoCloseable {
    private final NetworkSpecification specification;
    private final GradientCollector collector;
    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final SequentialBlock block = new SequentialBlock();
    private final ParameterStore store = new ParameterStore(manager, false);
    private final List<Parameter> parameters;

    /** @param collector the one open collector of this process, which all networks share */
    public Network(NetworkSpecification specification, GradientCollector collector) {
        this.specification = specification;
        this.collector = collector;
        specification.layers().forEach(layer -> block.add(layer.toBlock()));
        block.initialize(manager, DataType.FLOAT32, batchShape(1));
        parameters = block.getParameters().values();
    }

    /** Number of parameters, all tensors together. */
    public int parameterCount() {
        return tensors().stream().mapToInt(ParameterTensor::size).sum();
    }

    /** Fresh parameters for this network, in PyTorch's default initialisation. */
    public Parameters initialParameters(RandomGenerator random) {
        return Parameters.initial(tensors(), random);
    }

    private List<ParameterTensor> tensors() {
        List<ParameterTensor> tensors = new ArrayList<>();
        for (Parameter parameter : parameters) {
            List<Long> shape = Arrays.stream(parameter.getArray().getShape().getShape())
                    .boxed()
                    .toList();
            tensors.add(new ParameterTensor(
                    parameter.getName() + tensors.size(), shape, parameter.getType() == Parameter.Type.BIAS));
        }
        return tensors;
    }

    /** Takes over values for all parameters, in the order of {@link Parameters}. */
    public void load(float[] values) {
        int position = 0;
        for (Parameter parameter : parameters) {
            FloatBuffer memory = parameter.getArray().toByteBuffer(true).asFloatBuffer();
            int count = memory.remaining();
            memory.put(values, position, count);
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
     * Logits of images.
     *
     * @param images float32 [batch, C, H, W]
     * @return float32 [batch, classes], in the scope of the images
     */
    public NDArray logits(NDArray images) {
        return block.forward(store, new NDList(images), true).singletonOrThrow();
    }

    /** Stops or lets gradients of the parameters be computed; those of the images are not concerned. */
    public void freeze(boolean frozen) {
        block.freezeParameters(frozen);
    }

    /** Adds the gradient of a scalar to the parameters that are not frozen, and to inputs that require one. */
    public void backward(NDArray loss) {
        collector.backward(loss);
    }

    /**
     * Moves the gradient of the parameters out, and sets it to zero.
     *
     * @param gradient receives it, in the order of {@link Parameters}
     */
    public void takeGradient(float[] gradient) {
        int position = 0;
        for (Parameter parameter : parameters) {
            try (NDArray array = parameter.getArray().getGradient()) {
                FloatBuffer values = array.toByteBuffer(true).asFloatBuffer();
                values.get(gradient, position, values.remaining());
                position += values.position();
                array.subi(array);
            }
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
