// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.architecture;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import java.util.List;
import java.util.Map;

/**
 * A two-dimensional convolution without bias, padded so that a stride of 1 keeps height and width, and a batch
 * normalization of its outputs. In ONNX the two are one convolution with bias, since in use both are linear.
 *
 * @param filters number of output channels
 * @param kernel rows and columns of the kernel, an odd number
 */
record NormalizedConvolution(int filters, int kernel, int stride) implements Layer {
    /** What keeps the division by a variance of zero defined; PyTorch's default. */
    private static final float EPSILON = 1e-5f;

    /** Share of the running statistics that a batch leaves in them; PyTorch calls the rest momentum. */
    private static final float MEMORY = 0.9f;

    @Override
    public Block toBlock() {
        return new SequentialBlock()
                .add(Conv2d.builder()
                        .setFilters(filters)
                        .setKernelShape(new Shape(kernel, kernel))
                        .optStride(new Shape(stride, stride))
                        .optPadding(new Shape(padding(), padding()))
                        .optBias(false)
                        .build())
                .add(BatchNorm.builder().optEpsilon(EPSILON).optMomentum(MEMORY).build());
    }

    private long padding() {
        return kernel / 2;
    }

    @Override
    public void addTo(NetworkGraph graph, ParameterReader parameters) {
        Constant weight = parameters.next();
        float[] scale = parameters.next().values();
        Constant shift = parameters.next();
        float[] mean = parameters.nextStatistic().values();
        float[] variance = parameters.nextStatistic().values();
        float[] weights = new float[weight.values().length];
        float[] bias = new float[filters];
        int perFilter = weights.length / filters;
        for (int filter = 0; filter < filters; filter++) {
            double factor = scale[filter] / Math.sqrt((double) variance[filter] + EPSILON);
            for (int i = filter * perFilter; i < (filter + 1) * perFilter; i++) {
                weights[i] = (float) (weight.values()[i] * factor);
            }
            bias[filter] = (float) (shift.values()[filter] - mean[filter] * factor);
        }
        graph.add(
                "Conv",
                Map.of(
                        "kernel_shape", List.of((long) kernel, (long) kernel),
                        "strides", List.of((long) stride, (long) stride),
                        "pads", List.of(padding(), padding(), padding(), padding())),
                new Constant(weight.name(), weight.shape(), weights),
                new Constant(shift.name(), shift.shape(), bias));
    }
}
