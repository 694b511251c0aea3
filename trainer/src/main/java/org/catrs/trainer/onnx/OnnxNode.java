// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.onnx;

import java.util.List;
import java.util.SortedMap;
import org.catrs.schemas.onnx.proto.AttributeProto;
import org.catrs.schemas.onnx.proto.AttributeProto.AttributeType;
import org.catrs.schemas.onnx.proto.NodeProto;

/** One operation of a graph. */
record OnnxNode(String operator, SortedMap<String, List<Long>> attributes, List<OnnxTensor> constants) {
    NodeProto toProto(String input, String output) {
        NodeProto.Builder node = NodeProto.newBuilder()
                .addInput(input)
                .addOutput(output)
                .setName(operator + "/" + output)
                .setOpType(operator);
        constants.forEach(constant -> node.addInput(constant.name()));
        attributes.forEach((name, values) -> node.addAttribute(attribute(name, values)));
        return node.build();
    }

    private static AttributeProto attribute(String name, List<Long> values) {
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
        return values.size() == 1
                ? attribute.setI(values.get(0)).setType(AttributeType.INT).build()
                : attribute.addAllInts(values).setType(AttributeType.INTS).build();
    }
}
