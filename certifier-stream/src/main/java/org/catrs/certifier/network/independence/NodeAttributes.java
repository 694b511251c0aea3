// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catrs.schemas.onnx.proto.AttributeProto;
import org.catrs.schemas.onnx.proto.GraphProto;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.catrs.schemas.onnx.proto.TensorProto;

/** A node's attributes by name, those that stand for an attribute of the function around it replaced by that. */
record NodeAttributes(Map<String, AttributeProto> byName) {
    static final NodeAttributes NONE = new NodeAttributes(Map.of());

    /** @throws Unproved when one is named twice */
    static NodeAttributes of(NodeProto node, NodeAttributes ofFunction) {
        return of(node.getAttributeList(), ofFunction);
    }

    static NodeAttributes of(List<AttributeProto> attributes, NodeAttributes ofFunction) {
        Map<String, AttributeProto> found = new HashMap<>();
        for (AttributeProto attribute : attributes) {
            Optional<AttributeProto> meant = attribute.getRefAttrName().isEmpty()
                    ? Optional.of(attribute)
                    : ofFunction.find(attribute.getRefAttrName());
            if (meant.isPresent() && found.put(attribute.getName(), meant.get()) != null) {
                throw Unproved.chance("has two attributes '" + attribute.getName() + "'");
            }
        }
        return new NodeAttributes(Map.copyOf(found));
    }

    /** These, and for what is not among them the others. */
    NodeAttributes or(NodeAttributes others) {
        Map<String, AttributeProto> all = new HashMap<>(others.byName);
        all.putAll(byName);
        return new NodeAttributes(Map.copyOf(all));
    }

    Optional<AttributeProto> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    boolean has(String name) {
        return byName.containsKey(name);
    }

    long integer(String name, long standard) {
        return find(name).map(AttributeProto::getI).orElse(standard);
    }

    boolean isSet(String name, boolean standard) {
        return integer(name, standard ? 1 : 0) != 0;
    }

    String text(String name, String standard) {
        return find(name).map(attribute -> attribute.getS().toStringUtf8()).orElse(standard);
    }

    /** The list of integers; empty when there is none. */
    Optional<long[]> integers(String name) {
        return find(name)
                .map(attribute -> attribute.getIntsList().stream()
                        .mapToLong(Long::longValue)
                        .toArray());
    }

    /** The list of numbers; empty when there is none. */
    float[] floats(String name) {
        List<Float> list = find(name).map(AttributeProto::getFloatsList).orElse(List.of());
        float[] numbers = new float[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = list.get(i);
        }
        return numbers;
    }

    Optional<TensorProto> tensor(String name) {
        return find(name).filter(AttributeProto::hasT).map(AttributeProto::getT);
    }

    /** @throws Unproved when there is none */
    GraphProto graph(String name) {
        return find(name)
                .filter(AttributeProto::hasG)
                .orElseThrow(() -> Unproved.chance("lacks the graph '" + name + "'"))
                .getG();
    }
}
