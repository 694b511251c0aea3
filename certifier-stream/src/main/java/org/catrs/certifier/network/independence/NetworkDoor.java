// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.proto.FunctionProto;
import org.catrs.schemas.onnx.proto.GraphProto;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.catrs.schemas.onnx.proto.OperatorSetIdProto;
import org.catrs.schemas.onnx.proto.TensorProto;
import org.catrs.schemas.onnx.proto.TypeProto;
import org.catrs.schemas.onnx.proto.ValueInfoProto;

/**
 * The door through which every network's file goes before an engine sees it: the file is the whole network, in operators
 * that mean the same everywhere.
 */
public final class NetworkDoor {
    /** How the domains begin in which ONNX Runtime has operators of its own, which it prefers to a file's functions. */
    private static final List<String> OF_ENGINE =
            List.of("ai.onnx", "com.microsoft", "com.ms.", "com.xilinx", "org.pytorch.aten");

    private static final Set<String> OF_CONTAINERS = Set.of(
            "CastMap",
            "ConcatFromSequence",
            "DictVectorizer",
            "Optional",
            "OptionalGetElement",
            "OptionalHasElement",
            "SequenceAt",
            "SequenceConstruct",
            "SequenceEmpty",
            "SequenceErase",
            "SequenceInsert",
            "SequenceLength",
            "SequenceMap",
            "SplitToSequence",
            "ZipMap");

    private final OnnxModel model;
    private final String source;

    private NetworkDoor(OnnxModel model, String source) {
        this.model = model;
        this.source = source;
    }

    /**
     * Reads a network's file.
     *
     * @param source names the file in messages
     * @throws InvalidDataException when it is no ONNX model, or part of it lies in another file, or it uses operators,
     *     versions of them or types of values that are not known here; with what was found, and how to mend it
     */
    public static OnnxModel open(byte[] onnx, String source) {
        NetworkDoor door = new NetworkDoor(OnnxModel.parse(onnx, source), source);
        door.requireWhole();
        door.requireFunctionsOfItsOwn();
        door.requireKnownVersions();
        door.requireTensors();
        door.requireKnownDomains();
        return door.model;
    }

    private void requireWhole() {
        Optional<TensorProto> outside = model.tensors().stream()
                .filter(tensor -> tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL
                        || tensor.getExternalDataCount() > 0)
                .findFirst();
        if (outside.isPresent()) {
            String file = outside.get().getExternalDataList().stream()
                    .filter(entry -> entry.getKey().equals("location"))
                    .map(entry -> " (" + entry.getValue() + ")")
                    .findFirst()
                    .orElse("");
            throw refused("keeps the values of '" + outside.get().getName() + "' in another file" + file
                    + ", as external data, so that the same network may be another function in another folder"
                    + AdoptLine.of(source));
        }
    }

    private void requireFunctionsOfItsOwn() {
        for (FunctionProto function : model.proto().getFunctionsList()) {
            String domain = Scope.domain(function.getDomain());
            if (isOfEngine(domain)) {
                throw refused("defines the function '" + function.getName() + "' in the domain '" + domain
                        + "', where ONNX Runtime runs an operator of its own instead: export it with the function in a"
                        + " domain of its own, or without local functions (onnx.inliner.inline_local_functions)");
            }
            if (!function.getOverload().isEmpty()) {
                throw refused("defines the function '" + function.getName() + "' in several variants: export it without"
                        + " local functions (onnx.inliner.inline_local_functions)");
            }
        }
    }

    private static boolean isOfEngine(String domain) {
        return domain.isEmpty() || OF_ENGINE.stream().anyMatch(domain::startsWith);
    }

    private void requireKnownVersions() {
        requireKnownVersions(model.proto().getOpsetImportList());
        model.proto().getFunctionsList().forEach(function -> requireKnownVersions(function.getOpsetImportList()));
    }

    private void requireKnownVersions(List<OperatorSetIdProto> sets) {
        long domains = sets.stream()
                .map(set -> Scope.domain(set.getDomain()))
                .distinct()
                .count();
        if (domains != sets.size()) {
            throw refused("names two versions of one set of operators: export it again");
        }
        for (OperatorSetIdProto set : sets) {
            boolean isKnown = set.getVersion() >= Operators.OLDEST && set.getVersion() <= Operators.NEWEST;
            if (Scope.domain(set.getDomain()).equals(Operators.ONNX) && !isKnown) {
                throw refused("uses version " + set.getVersion() + " of ONNX's operators; known are " + Operators.OLDEST
                        + " to " + Operators.NEWEST + ": export it with opset_version=17, or convert it with"
                        + " onnx.version_converter");
            }
        }
    }

    private void requireTensors() {
        GraphProto graph = model.proto().getGraph();
        for (ValueInfoProto value : Stream.concat(graph.getInputList().stream(), graph.getOutputList().stream())
                .toList()) {
            TypeProto type = value.getType();
            if (type.hasSequenceType() || type.hasMapType() || type.hasOptionalType() || type.hasSparseTensorType()) {
                throw refused(
                        "has the value '" + value.getName() + "', which is no tensor: needed are tensors alone, one"
                                + " of images and one of logits" + AdoptLine.of(source));
            }
        }
        for (NodeProto node : model.nodes()) {
            if (OF_CONTAINERS.contains(node.getOpType()) && isOfEngine(Scope.domain(node.getDomain()))) {
                throw refused(
                        "has the node '" + Cause.name(node) + "' (" + node.getOpType() + "), of sequences, maps or"
                                + " optional values, which are not followed here: export it with tensors alone, in PyTorch with"
                                + " torch.chunk or torch.split of a fixed size instead of a list");
            }
        }
    }

    private void requireKnownDomains() {
        for (NodeProto node : model.nodes()) {
            String domain = Scope.domain(node.getDomain());
            boolean isFunction = model.proto().getFunctionsList().stream()
                    .anyMatch(function -> function.getName().equals(node.getOpType())
                            && Scope.domain(function.getDomain()).equals(domain));
            if (!isFunction && Operators.find(domain, node.getOpType()).isEmpty()) {
                throw refused("has the node '" + Cause.name(node) + "' of the operator " + node.getOpType()
                        + (domain.equals("ai.onnx.ml") ? " of scikit-learn" + AdoptLine.of(source) : unknown(domain)));
            }
            if (!node.getOverload().isEmpty()) {
                throw refused("has the node '" + Cause.name(node) + "' of a variant of a function: export it without"
                        + " local functions (onnx.inliner.inline_local_functions)");
            }
        }
    }

    private static String unknown(String domain) {
        return (domain.isEmpty() ? "" : " of " + domain)
                + ", which is not known here: export it with ONNX's own operators, or with the operator defined as a local"
                + " function of them";
    }

    private InvalidDataException refused(String reason) {
        return new InvalidDataException(source + " " + reason);
    }
}
