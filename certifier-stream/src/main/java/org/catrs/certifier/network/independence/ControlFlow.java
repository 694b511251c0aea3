// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.catrs.schemas.onnx.proto.GraphProto;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;

/** Branches and loops: they may hang on constants, and on the pixels where a batch has one image. */
final class ControlFlow {
    static final Set<String> OPERATORS = Set.of("If", "Loop", "Scan");

    private static final int MOST_ROUNDS = 1000;

    private final Analysis analysis;
    private final Call call;
    private final Scope scope;

    ControlFlow(Analysis analysis, Call call, Scope scope) {
        this.analysis = analysis;
        this.call = call;
        this.scope = scope;
    }

    List<Value> outputs() {
        return switch (call.operator()) {
            case "If" -> branch();
            case "Loop" -> loop();
            default -> anyNumberOfRounds("is a scan, which is not looked into");
        };
    }

    private List<Value> branch() {
        Value condition = call.value(0);
        if (condition instanceof Value.Unknown) {
            return unknown(condition);
        }
        if (condition instanceof Value.Constant constant) {
            Optional<Boolean> isTrue = constant.tensor().isTrue();
            if (isTrue.isPresent()) {
                return analysis.run(
                        call.attributes().graph(isTrue.get() ? "then_branch" : "else_branch"), scope.inside());
            }
        } else if (call.batch() > 1) {
            throw Unproved.mixes("branches on the pixels of the batch");
        }
        List<Value> yes = analysis.run(call.attributes().graph("then_branch"), scope.inside());
        List<Value> no = analysis.run(call.attributes().graph("else_branch"), scope.inside());
        List<Value> outputs = new ArrayList<>();
        for (int output = 0; output < Math.min(yes.size(), no.size()); output++) {
            outputs.add(either(yes.get(output), no.get(output)));
        }
        return outputs;
    }

    private Value either(Value yes, Value no) {
        if (yes instanceof Value.Unknown) {
            return yes;
        }
        if (no instanceof Value.Unknown) {
            return no;
        }
        if (call.batch() == 1) {
            return new Value.Alone();
        }
        if (yes instanceof Value.PerImage && yes.equals(no)) {
            return yes;
        }
        throw Unproved.mixes(
                "has branches of different shapes, and which of them is taken is not known before it runs");
    }

    private List<Value> loop() {
        Optional<List<Value>> rounds = knownRounds();
        return rounds.orElseGet(() -> anyNumberOfRounds("goes round as often as its values tell it"));
    }

    /** The outputs when each round is known to take place, or not; empty where that hangs on something else. */
    private Optional<List<Value>> knownRounds() {
        GraphProto body = call.attributes().graph("body");
        long most = MOST_ROUNDS + 1L;
        if (call.has(0)) {
            if (!(call.value(0) instanceof Value.Constant count)
                    || !count.tensor().isInteger()) {
                return Optional.empty();
            }
            most = count.tensor().integers()[0];
        }
        Value goesOn =
                call.has(1) ? call.value(1) : new Value.Constant(Tensor.of(Shape.of(), DataType.BOOL, new long[] {1}));
        List<Value> state = new ArrayList<>();
        for (int input = 2; input < call.inputs().size(); input++) {
            state.add(call.value(input));
        }
        List<List<Value>> scans = new ArrayList<>();
        for (long round = 0; round < most; round++) {
            Optional<Boolean> isTrue = goesOn instanceof Value.Constant constant
                    ? constant.tensor().isTrue()
                    : Optional.empty();
            if (isTrue.isEmpty() || round == MOST_ROUNDS) {
                return Optional.empty();
            }
            if (!isTrue.get()) {
                break;
            }
            Scope inside = scope.inside();
            inside.define(
                    body.getInput(0).getName(),
                    new Value.Constant(Tensor.of(Shape.of(), DataType.INT64, new long[] {round})));
            inside.define(body.getInput(1).getName(), goesOn);
            for (int i = 0; i < state.size(); i++) {
                inside.define(body.getInput(2 + i).getName(), state.get(i));
            }
            List<Value> outputs = analysis.run(body, inside);
            goesOn = outputs.get(0);
            scans.add(outputs.subList(1 + state.size(), outputs.size()));
            state = outputs.subList(1, 1 + state.size());
        }
        List<Value> outputs = new ArrayList<>(state);
        for (int scan = 0; scan < body.getOutputCount() - 1 - state.size(); scan++) {
            int column = scan;
            outputs.add(stacked(scans.stream().map(round -> round.get(column)).toList()));
        }
        return Optional.of(outputs);
    }

    /** What a value of each round becomes: all of them, along a new first axis. */
    private Value stacked(List<Value> rounds) {
        for (Value value : rounds) {
            if (value instanceof Value.Unknown) {
                return value;
            }
        }
        if (!rounds.isEmpty()
                && rounds.get(0) instanceof Value.PerImage first
                && rounds.stream().allMatch(first::equals)) {
            return new Value.PerImage(Shape.of(rounds.size()).then(first.shape()), first.width());
        }
        if (call.batch() == 1) {
            return new Value.Alone();
        }
        throw Unproved.mixes("collects values of its rounds that are not alike");
    }

    /** Where a batch has one image, rounds are no matter, as long as none is left to chance. */
    private List<Value> anyNumberOfRounds(String reason) {
        if (call.batch() > 1) {
            throw Unproved.mixes(reason);
        }
        for (Value input : call.values()) {
            if (input instanceof Value.Unknown) {
                return unknown(input);
            }
        }
        GraphProto body = call.attributes().graph("body");
        Scope inside = scope.inside();
        body.getInputList().forEach(input -> inside.define(input.getName(), new Value.Alone()));
        List<Value> outputs = analysis.run(body, inside);
        List<Value> carried = call.operator().equals("Loop") ? outputs.subList(1, outputs.size()) : outputs;
        for (Value value : outputs) {
            if (value instanceof Value.Unknown) {
                return Collections.nCopies(call.outputs(), value);
            }
        }
        return Collections.nCopies(carried.size(), new Value.Alone());
    }

    private List<Value> unknown(Value value) {
        return Collections.nCopies(call.outputs(), value);
    }
}
