// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.conversion.int8;

import java.util.List;
import java.util.Map;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.onnx.GraphBuilder;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;

/** The nodes that turn a batch of float32 images into codes, channels last. */
final class InputFront {
    /** The codes of a batch of images: uint8, batch x rows of blocks x columns of blocks x pixels of a block. */
    static final String CELLS = "cells";

    static final String CODES = "codes";
    static final String MEANS = "image.means";
    static final String DEVIATIONS = "image.deviations";

    private InputFront() {}

    /**
     * Writes the nodes.
     *
     * @param input name of the images
     */
    static QuantizedValue write(String input, ImageCodes how, GraphBuilder writer) {
        ImageShape image = how.image();
        PixelScaling scaling = how.scaling();
        int block = how.block();
        long channels = image.channels();
        List<Long> perChannel = List.of(channels, 1L, 1L);
        writer.input(input, DataType.FLOAT, channels, image.height(), image.width());
        String means = writer.floats(MEANS, perChannel, scaling.means());
        String deviations = writer.floats(DEVIATIONS, perChannel, scaling.deviations());
        writer.node(GraphBuilder.STANDARD, "Sub", List.of(input, means), "centred", Map.of());
        writer.node(GraphBuilder.STANDARD, "Div", List.of("centred", deviations), "scaled", Map.of());
        QuantizedValue value = QuantizedValue.of(CODES, how.codes(), writer);
        writer.node(
                GraphBuilder.STANDARD,
                "QuantizeLinear",
                List.of("scaled", value.scale(), value.zeroPoint()),
                CODES,
                Map.of());
        long rows = image.height() / block;
        long columns = image.width() / block;
        String split = writer.shape("blocks", 0, channels, rows, block, columns, block);
        writer.node(GraphBuilder.STANDARD, "Reshape", List.of(CODES, split), "split", Map.of());
        writer.node(
                GraphBuilder.STANDARD,
                "Transpose",
                List.of("split"),
                "gathered",
                Map.of("perm", List.of(0L, 2L, 4L, 3L, 5L, 1L)));
        long depth = channels * block * block;
        String merged = writer.shape("blocks.merged", 0, rows, columns, depth);
        writer.node(GraphBuilder.STANDARD, "Reshape", List.of("gathered", merged), CELLS, Map.of());
        writer.value(CELLS, DataType.UINT8, rows, columns, depth);
        return value.renamed(CELLS);
    }
}
