// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

/** Normalisations of an image's channels, and of the last axes of a value. */
final class ChannelNormalization {
    private ChannelNormalization() {}

    static Value batchNormalization(Call call) {
        boolean isTraining = call.attributes().isSet("training_mode", false) || call.outputs() > 1;
        if (isTraining && call.batch() > 1) {
            throw Unproved.mixes("normalises by the batch, as in training");
        }
        return byImage(call);
    }

    /** With parameters for each channel. */
    static Value byImage(Call call) {
        call.requireConstantsFrom(1);
        call.place(0).requireFirstAxis();
        return call.image(0);
    }

    static Value layerNormalization(Call call) {
        Shape shape = call.shape(0);
        int first = shape.axis(call.attributes().integer("axis", -1));
        call.requireConstantsFrom(1);
        if (call.batch() > 1 && call.place(0).isFrom(first)) {
            throw Unproved.mixes("normalises along the batch");
        }
        for (int input = 1; input < call.inputs().size(); input++) {
            if (call.has(input) && call.constant(input).shape().rank() > shape.rank() - first) {
                Elementwise.requireSame(call.constant(input), shape, call.place(0));
            }
        }
        return call.image(0);
    }
}
