// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.catrs.schemas.onnx.proto.OperatorSetIdProto;
import org.jspecify.annotations.Nullable;

/** The values of a graph by name, and those of the graph around it, which a name may not hide. */
final class Scope {
    private static final int DEEPEST = 40;

    private final @Nullable Scope outer;
    private final Map<String, Value> values = new HashMap<>();
    private final Map<String, Long> versions;
    private final NodeAttributes ofFunction;
    private final int depth;

    private Scope(@Nullable Scope outer, Map<String, Long> versions, NodeAttributes ofFunction, int depth) {
        if (depth > DEEPEST) {
            throw Unproved.chance("stands " + DEEPEST + " graphs or functions deep");
        }
        this.outer = outer;
        this.versions = versions;
        this.ofFunction = ofFunction;
        this.depth = depth;
    }

    static Scope ofNetwork(List<OperatorSetIdProto> operators) {
        return new Scope(null, versions(operators), NodeAttributes.NONE, 0);
    }

    /** Of a graph inside this one. */
    Scope inside() {
        return new Scope(this, versions, ofFunction, depth + 1);
    }

    /** Of a function that is called here. */
    Scope function(List<OperatorSetIdProto> operators, NodeAttributes attributes) {
        return new Scope(null, versions(operators), attributes, depth + 1);
    }

    private static Map<String, Long> versions(List<OperatorSetIdProto> operators) {
        return operators.stream()
                .collect(Collectors.toMap(
                        set -> domain(set.getDomain()),
                        OperatorSetIdProto::getVersion,
                        (one, other) -> Math.max(one, other)));
    }

    /** ONNX's own domain has two names. */
    static String domain(String name) {
        return name.equals("ai.onnx") ? Operators.ONNX : name;
    }

    long version(String domain) {
        return versions.getOrDefault(domain, 1L);
    }

    NodeAttributes ofFunction() {
        return ofFunction;
    }

    /** @throws Unproved when there is no such value yet */
    Value find(String name) {
        Value value = look(name);
        if (value == null) {
            throw Unproved.chance("takes '" + name + "', which is not computed before it");
        }
        return value;
    }

    private @Nullable Value look(String name) {
        Value value = values.get(name);
        return value == null && outer != null ? outer.look(name) : value;
    }

    /** @throws Unproved when there is such a value */
    void define(String name, Value value) {
        if (look(name) != null) {
            throw Unproved.chance("computes '" + name + "' twice");
        }
        values.put(name, value);
    }
}
