// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

/** Where the channels of images stand: behind the batch, or, with some of ONNX Runtime's own operators, last. */
enum Layout {
    CHANNELS_FIRST {
        @Override
        int channels(Shape images) {
            return 1;
        }

        @Override
        Shape pixels(Shape images) {
            return images.tail(2);
        }

        @Override
        Shape shape(long batch, long channels, Shape pixels) {
            return Shape.of(batch, channels).then(pixels);
        }
    },
    CHANNELS_LAST {
        @Override
        int channels(Shape images) {
            return images.rank() - 1;
        }

        @Override
        Shape pixels(Shape images) {
            return images.head(images.rank() - 1).tail(1);
        }

        @Override
        Shape shape(long batch, long channels, Shape pixels) {
            return Shape.of(batch).then(pixels).then(Shape.of(channels));
        }
    };

    static Layout of(Call call) {
        return call.attributes().isSet("channels_last", false) ? CHANNELS_LAST : CHANNELS_FIRST;
    }

    /** The axis of the channels. */
    abstract int channels(Shape images);

    /** Height and width. */
    abstract Shape pixels(Shape images);

    abstract Shape shape(long batch, long channels, Shape pixels);
}
