// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.conversion.int8;

import java.util.List;
import org.catrs.schemas.onnx.GraphBuilder;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;

/**
 * A value of an integer graph, uint8, batch x height x width x channels.
 *
 * @param name in the graph
 */
record QuantizedValue(String name, CodeScale codes, String scale, String zeroPoint) {
    /** A value whose codes are written into the graph as constants. */
    static QuantizedValue of(String name, CodeScale codes, GraphBuilder writer) {
        return new QuantizedValue(
                name,
                codes,
                writer.floats(name + ".scale", List.of(), codes.scale()),
                writer.bytes(name + ".zero", DataType.UINT8, List.of(), (byte) codes.zeroPoint()));
    }

    /** The same numbers under another name. */
    QuantizedValue renamed(String other) {
        return new QuantizedValue(other, codes, scale, zeroPoint);
    }

    /** Name, scale and zero point: how operators on integers take a value. */
    List<String> operands() {
        return List.of(name, scale, zeroPoint);
    }

    /** Scale and zero point: how operators on integers are told the codes of what they give. */
    List<String> form() {
        return List.of(scale, zeroPoint);
    }
}
