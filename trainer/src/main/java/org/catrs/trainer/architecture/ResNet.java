// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.architecture;

import java.util.ArrayList;
import java.util.List;

/** Residual networks of He et al., Deep Residual Learning for Image Recognition (CVPR 2016). */
final class ResNet {
    private static final int BOTTLENECK_GROWTH = 4;

    private final List<Layer> layers = new ArrayList<>();
    private int channels;

    private ResNet(int channels) {
        this.channels = channels;
    }

    /**
     * The form for images of 32 x 32 pixels, section 4.2: three stages of blocks of two convolutions, with projections as
     * shortcuts where the shape changes (option B).
     *
     * @param depth 6 n + 2
     */
    static List<Layer> forCifar(int depth, int classes) {
        ResNet network = new ResNet(16);
        network.add(new ChannelsLast(), new NormalizedConvolution(16, 3, 1), new Relu());
        for (int stage = 0; stage < 3; stage++) {
            for (int block = 0; block < (depth - 2) / 6; block++) {
                network.addBasicBlock(16 << stage, stage > 0 && block == 0 ? 2 : 1);
            }
        }
        return network.classifying(classes);
    }

    /**
     * The form for ImageNet with 50 layers, section 4.1: blocks of three convolutions, of which the middle one takes the
     * stride, as PyTorch's model has it.
     */
    static List<Layer> forImageNet(int classes) {
        ResNet network = new ResNet(64);
        network.add(new ChannelsLast(), new NormalizedConvolution(64, 7, 2), new Relu(), new MaxPooling(3, 2, 1));
        int[] blocks = {3, 4, 6, 3};
        for (int stage = 0; stage < blocks.length; stage++) {
            for (int block = 0; block < blocks[stage]; block++) {
                network.addBottleneck(64 << stage, stage > 0 && block == 0 ? 2 : 1);
            }
        }
        return network.classifying(classes);
    }

    private void add(Layer... more) {
        layers.addAll(List.of(more));
    }

    private void addBasicBlock(int filters, int stride) {
        List<Layer> body = List.of(
                new NormalizedConvolution(filters, 3, stride), new Relu(), new NormalizedConvolution(filters, 3, 1));
        addResidual(body, filters, stride);
    }

    private void addBottleneck(int filters, int stride) {
        int grown = BOTTLENECK_GROWTH * filters;
        List<Layer> body = List.of(
                new NormalizedConvolution(filters, 1, 1),
                new Relu(),
                new NormalizedConvolution(filters, 3, stride),
                new Relu(),
                new NormalizedConvolution(grown, 1, 1));
        addResidual(body, grown, stride);
    }

    private void addResidual(List<Layer> body, int filters, int stride) {
        boolean sameShape = stride == 1 && filters == channels;
        List<Layer> shortcut = sameShape ? List.of() : List.of(new NormalizedConvolution(filters, 1, stride));
        add(new Residual(body, shortcut), new Relu());
        channels = filters;
    }

    private List<Layer> classifying(int classes) {
        add(new GlobalAveragePooling(), new Flatten(), new Linear(classes));
        return layers;
    }
}
