// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Convolution, pooling and resizing, which look at the pixels around each pixel of one image's channel. */
final class Windows {
    private Windows() {}

    static Value convolution(Call call) {
        call.requireConstantsFrom(1);
        return convolution(call, call.shape(1));
    }

    /** With a scale behind the image and one behind the weights. */
    static Value quantizedConvolution(Call call) {
        call.requireConstantsFrom(1);
        call.requireScalars(1, 2, 6, 7);
        return convolution(call, call.shape(3));
    }

    private static Value convolution(Call call, Shape weights) {
        long[] kernel = call.attributes()
                .integers("kernel_shape")
                .orElseGet(() -> weights.tail(2).sizes());
        Layout layout = Layout.of(call);
        Shape pixels = pixels(call, layout.pixels(call.shape(0)), kernel);
        return call.place(0).requireFirstAxis().value(layout.shape(call.shape(0).size(0), weights.size(0), pixels));
    }

    static Value transposedConvolution(Call call) {
        call.requireConstantsFrom(1);
        Shape shape = call.shape(0);
        Shape weights = call.shape(1);
        int axes = weights.rank() - 2;
        NodeAttributes attributes = call.attributes();
        if (!attributes.text("auto_pad", "NOTSET").equals("NOTSET")) {
            throw Unproved.mixes("pads by itself, which is not looked into");
        }
        long[] strides = attributes.integers("strides").orElse(filled(axes, 1));
        long[] dilations = attributes.integers("dilations").orElse(filled(axes, 1));
        long[] pads = attributes.integers("pads").orElse(filled(2 * axes, 0));
        long[] more = attributes.integers("output_padding").orElse(filled(axes, 0));
        long[] pixels = IntStream.range(0, axes)
                .mapToLong(i -> strides[i] * (shape.size(2 + i) - 1)
                        + more[i]
                        + (weights.size(2 + i) - 1) * dilations[i]
                        + 1
                        - pads[i]
                        - pads[axes + i])
                .toArray();
        long[] named = attributes.integers("output_shape").orElse(pixels);
        Shape out = Shape.of(shape.size(0), weights.size(1) * attributes.integer("group", 1))
                .then(Shape.of(Arrays.copyOfRange(named, named.length - axes, named.length)));
        return call.place(0).requireFirstAxis().value(out);
    }

    static Value pool(Call call) {
        return pool(call, Layout.of(call));
    }

    static Value poolWithChannelsLast(Call call) {
        return pool(call, Layout.CHANNELS_LAST);
    }

    private static Value pool(Call call, Layout layout) {
        call.requireConstantsFrom(1);
        long[] kernel = call.attributes()
                .integers("kernel_shape")
                .orElseThrow(() -> Unproved.mixes("lacks the size of its windows"));
        return channelByChannel(call, layout, pixels(call, layout.pixels(call.shape(0)), kernel));
    }

    static Value globalPool(Call call) {
        call.requireConstantsFrom(1);
        return channelByChannel(
                call, Layout.of(call), Shape.of(filled(call.shape(0).rank() - 2, 1)));
    }

    /** Images may lie among the channels. */
    private static Value channelByChannel(Call call, Layout layout, Shape pixels) {
        Shape shape = call.shape(0);
        int channels = layout.channels(shape);
        Place place = call.place(0);
        if (!place.isOn(channels)) {
            place.requireFirstAxis();
        }
        return place.value(layout.shape(shape.size(0), shape.size(channels), pixels));
    }

    /** Height and width that come out, as ONNX Runtime computes them. */
    private static Shape pixels(Call call, Shape from, long[] kernel) {
        NodeAttributes attributes = call.attributes();
        int axes = from.rank();
        long[] strides = attributes.integers("strides").orElse(filled(axes, 1));
        long[] dilations = attributes.integers("dilations").orElse(filled(axes, 1));
        long[] pads = attributes.integers("pads").orElse(filled(2 * axes, 0));
        String how = attributes.text("auto_pad", "NOTSET");
        boolean isUp = attributes.isSet("ceil_mode", false);
        return Shape.of(IntStream.range(0, axes)
                .mapToLong(i -> {
                    if (how.startsWith("SAME")) {
                        return (from.size(i) + strides[i] - 1) / strides[i];
                    }
                    boolean isPadded = how.equals("NOTSET");
                    long before = isPadded ? pads[i] : 0;
                    long room = from.size(i)
                            + before
                            + (isPadded ? pads[axes + i] : 0)
                            - (kernel[i] - 1) * dilations[i]
                            - 1;
                    if (room < 0) {
                        throw Unproved.mixes("has windows larger than the image");
                    }
                    long windows = (isUp ? (room + strides[i] - 1) / strides[i] : room / strides[i]) + 1;
                    boolean isBeyond = isUp && (windows - 1) * strides[i] >= from.size(i) + before;
                    return isBeyond ? windows - 1 : windows;
                })
                .toArray());
    }

    static Value resize(Call call) {
        Shape shape = call.shape(0);
        NodeAttributes attributes = call.attributes();
        call.requireConstantsFrom(1);
        if (attributes.text("coordinate_transformation_mode", "").equals("tf_crop_and_resize")
                || !attributes.text("keep_aspect_ratio_policy", "stretch").equals("stretch")) {
            throw Unproved.mixes("crops or keeps the aspect ratio, which is not looked into");
        }
        Place place = call.place(0);
        if (call.batch() > 1 && !attributes.text("mode", "nearest").equals("nearest")) {
            // Of fewer axes, ONNX Runtime takes the first for pixels: a neighbour of weight 0 counts where it is
            // infinite.
            place.requireFirstAxis();
            if (shape.rank() < 4) {
                throw Unproved.mixes("interpolates along the batch");
            }
        }
        int[] axes = attributes
                .integers("axes")
                .map(named -> LongStream.of(named).mapToInt(shape::axis).toArray())
                .orElseGet(() -> IntStream.range(0, shape.rank()).toArray());
        long[] sizes = sizes(call, axes);
        Shape to = shape;
        for (int i = 0; i < axes.length; i++) {
            if (sizes[i] != shape.size(axes[i])) {
                place.requireNotOn(axes[i], "resizes");
            }
            to = to.with(axes[i], sizes[i]);
        }
        return place.value(to);
    }

    private static long[] sizes(Call call, int[] axes) {
        if (call.has(3)) {
            return call.constant(3).integers();
        }
        float[] scales = call.has(2)
                ? call.constant(2).floats()
                : call.has(1) ? call.constant(1).floats() : call.attributes().floats("scales");
        if (scales.length != axes.length) {
            throw Unproved.mixes("scales " + axes.length + " axes by " + scales.length + " numbers");
        }
        Place place = call.place(0);
        return IntStream.range(0, axes.length)
                .mapToLong(i -> {
                    if (scales[i] != 1) {
                        place.requireNotOn(axes[i], "resizes");
                    }
                    return (long) (call.shape(0).size(axes[i]) * scales[i]);
                })
                .toArray();
    }

    private static long[] filled(int count, long value) {
        return LongStream.generate(() -> value).limit(count).toArray();
    }
}
