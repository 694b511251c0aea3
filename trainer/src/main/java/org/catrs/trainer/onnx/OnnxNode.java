// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.onnx;

import java.util.List;
import java.util.SortedMap;
import org.catrs.schemas.onnx.proto.AttributeProto;
import org.catrs.schemas.onnx.proto.AttributeProto.AttributeType;
import org.catrs.schemas.onnx.proto.NodeProto;

/**
 * One operation of a graph.
 *
 * @param inputs names of the values that it takes, before its constants
 * @param output name of the value that it gives
 */
record OnnxNode(
        List<String> inputs,
        String output,
        String operator,
        SortedMap<String, List<Long>> attributes,
        List<OnnxTensor> constants) {
    /** @param name of the output in the file */
    NodeProto toProto(String name) {
        NodeProto.Builder node = NodeProto.newBuilder()
                .addAllInput(inputs)
                .addOutput(name)
                .setName(operator + "/" + name)
                .setOpType(operator);
        constants.forEach(constant -> node.addInput(constant.name()));
        attributes.forEach((key, values) -> node.addAttribute(attribute(key, values)));
        return node.build();
    }

    private static AttributeProto attribute(String name, List<Long> values) {
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
        return values.size() == 1
                ? attribute.setI(values.get(0)).setType(AttributeType.INT).build()
                : attribute.addAllInts(values).setType(AttributeType.INTS).build();
    }
}
