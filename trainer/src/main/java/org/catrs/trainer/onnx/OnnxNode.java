// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.onnx;

import java.util.List;
import java.util.SortedMap;

/** One operation of a graph. */
record OnnxNode(String operator, SortedMap<String, List<Long>> attributes, List<OnnxTensor> constants) {
    private static final int INTEGER = 2;
    private static final int INTEGERS = 7;

    /** The message NodeProto. */
    ProtobufMessage toMessage(String input, String output) {
        ProtobufMessage node = new ProtobufMessage().text(1, input);
        constants.forEach(constant -> node.text(1, constant.name()));
        node.text(2, output).text(3, operator + "/" + output).text(4, operator);
        attributes.forEach((name, values) -> node.message(5, attribute(name, values)));
        return node;
    }

    /** The message AttributeProto. */
    private static ProtobufMessage attribute(String name, List<Long> values) {
        ProtobufMessage attribute = new ProtobufMessage().text(1, name);
        if (values.size() == 1) {
            return attribute.integer(3, values.get(0)).integer(20, INTEGER);
        }
        values.forEach(value -> attribute.integer(8, value));
        return attribute.integer(20, INTEGERS);
    }
}
