// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.catrs.schemas.onnx.proto.FunctionProto;
import org.catrs.schemas.onnx.proto.GraphProto;
import org.catrs.schemas.onnx.proto.ModelProto;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.jspecify.annotations.Nullable;

/**
 * Follows a batch of images through a graph, node by node. The size of the batch is known, so that what a network computes
 * of its shapes are constants.
 */
final class Analysis {
    private static final int MOST_CALLS = 1_000_000;

    private final Map<String, FunctionProto> functions = new HashMap<>();
    private final int batch;
    private int calls;

    /** @throws Unproved when a function is defined twice */
    Analysis(ModelProto model, int batch) {
        this.batch = batch;
        for (FunctionProto function : model.getFunctionsList()) {
            if (functions.put(key(function.getDomain(), function.getName()), function) != null) {
                throw Unproved.chance("defines the function '" + function.getName() + "' twice");
            }
        }
    }

    private static String key(String domain, String operator) {
        return Scope.domain(domain) + ":" + operator;
    }

    int batch() {
        return batch;
    }

    /**
     * The outputs of a graph.
     *
     * @param scope its own, with its inputs
     * @throws Unproved when a name stands for several values, or for none
     */
    List<Value> run(GraphProto graph, Scope scope) {
        graph.getInitializerList()
                .forEach(constant -> scope.define(constant.getName(), new Value.Constant(Tensor.of(constant))));
        graph.getSparseInitializerList()
                .forEach(sparse -> scope.define(
                        sparse.getValues().getName(),
                        new Value.Constant(Tensor.notComputed(Shape.of(sparse.getDimsList())))));
        run(graph.getNodeList(), scope);
        return graph.getOutputList().stream()
                .map(output -> scope.find(output.getName()))
                .toList();
    }

    private void run(List<NodeProto> nodes, Scope scope) {
        for (NodeProto node : nodes) {
            List<Value> outputs = outputs(node, scope);
            for (int output = 0; output < node.getOutputCount(); output++) {
                if (!node.getOutput(output).isEmpty()) {
                    scope.define(
                            node.getOutput(output),
                            output < outputs.size()
                                    ? outputs.get(output)
                                    : given(node, Unproved.mixes("has a further output, which is not looked into")));
                }
            }
        }
    }

    private List<Value> outputs(NodeProto node, Scope scope) {
        if (++calls > MOST_CALLS) {
            throw Unproved.chance("has more than " + MOST_CALLS + " nodes, those of loops counted in each round");
        }
        try {
            return apply(node, scope).stream()
                    .map(value -> notEmpty(node, value))
                    .toList();
        } catch (Unproved cause) {
            return allOutputs(node, given(node, cause));
        } catch (ArithmeticException | IndexOutOfBoundsException illegal) {
            return allOutputs(node, given(node, Unproved.mixes("is no legal use of its operator")));
        }
    }

    private Value notEmpty(NodeProto node, Value value) {
        return value instanceof Value.PerImage image && image.shape().count() == 0
                ? given(node, Unproved.mixes("makes an empty value"))
                : value;
    }

    private static List<Value> allOutputs(NodeProto node, Value value) {
        return Collections.nCopies(node.getOutputCount(), value);
    }

    private Value given(NodeProto node, Unproved cause) {
        if (batch == 1 && !cause.isEvenAlone()) {
            return new Value.Alone();
        }
        return new Value.Unknown(Cause.of(node, cause.reason()));
    }

    private List<Value> apply(NodeProto node, Scope scope) {
        String domain = Scope.domain(node.getDomain());
        NodeAttributes attributes = NodeAttributes.of(node, scope.ofFunction());
        List<@Nullable Value> inputs = new ArrayList<>();
        node.getInputList().forEach(name -> inputs.add(name.isEmpty() ? null : scope.find(name)));
        FunctionProto function = functions.get(key(domain, node.getOpType()));
        if (function != null) {
            return call(function, inputs, attributes, scope);
        }
        Rule rule = Operators.find(domain, node.getOpType())
                .orElseThrow(() -> Unproved.chance("is of an operator that is not known"));
        Call call = new Call(node.getOpType(), scope.version(domain), inputs, attributes, node.getOutputCount(), batch);
        if (domain.isEmpty() && ControlFlow.OPERATORS.contains(node.getOpType())) {
            return controlled(call, scope);
        }
        for (Value input : call.values()) {
            if (input instanceof Value.Unknown) {
                return allOutputs(node, input);
            }
        }
        boolean isConstant = call.values().stream().allMatch(Value.Constant.class::isInstance);
        return isConstant ? rule.ofConstants(call) : rule.apply(call);
    }

    /** What is inside a branch or a loop may be left to chance: where that is not followed, nothing is known. */
    private List<Value> controlled(Call call, Scope scope) {
        try {
            return new ControlFlow(this, call, scope).outputs();
        } catch (Unproved cause) {
            throw Unproved.chance(cause.reason());
        } catch (ArithmeticException | IndexOutOfBoundsException illegal) {
            throw Unproved.chance("is no legal use of its operator");
        }
    }

    private List<Value> call(
            FunctionProto function, List<@Nullable Value> inputs, NodeAttributes attributes, Scope scope) {
        NodeAttributes standard = NodeAttributes.of(function.getAttributeProtoList(), NodeAttributes.NONE);
        Scope inside = scope.function(function.getOpsetImportList(), attributes.or(standard));
        for (int input = 0; input < function.getInputCount() && input < inputs.size(); input++) {
            Value value = inputs.get(input);
            if (value != null) {
                inside.define(function.getInput(input), value);
            }
        }
        run(function.getNodeList(), inside);
        return function.getOutputList().stream().map(inside::find).toList();
    }
}
