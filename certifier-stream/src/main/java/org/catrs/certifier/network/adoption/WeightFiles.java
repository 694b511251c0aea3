// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.adoption;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.proto.AttributeProto;
import org.catrs.schemas.onnx.proto.FunctionProto;
import org.catrs.schemas.onnx.proto.GraphProto;
import org.catrs.schemas.onnx.proto.ModelProto;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.catrs.schemas.onnx.proto.SparseTensorProto;
import org.catrs.schemas.onnx.proto.StringStringEntryProto;
import org.catrs.schemas.onnx.proto.TensorProto;

/** Takes the values of a network that lie in other files into the network's file. */
final class WeightFiles {
    /** A protocol buffer cannot be larger. */
    private static final long LARGEST = Integer.MAX_VALUE;

    private final Path folder;
    private final String source;
    private final Set<String> files = new TreeSet<>();
    private long bytes;

    private WeightFiles(Path folder, String source) {
        this.folder = folder;
        this.source = source;
    }

    /**
     * A network whose file is the whole.
     *
     * @param file of the network; the others must lie in its folder, or below
     * @param steps receives what was taken in
     * @throws InvalidDataException when a file is missing, too short or elsewhere
     */
    static OnnxModel takenIn(OnnxModel model, Path file, List<String> steps) {
        if (!model.hasExternalData()) {
            return model;
        }
        WeightFiles weights = new WeightFiles(file.toAbsolutePath().resolveSibling(""), file.toString());
        OnnxModel whole = new OnnxModel(weights.whole(model));
        steps.add(
                "the values of " + weights.files + " are taken into the network's file (" + weights.bytes + " bytes)");
        return whole;
    }

    private ModelProto whole(OnnxModel model) {
        var whole = model.proto().toBuilder().setGraph(whole(model.proto().getGraph()));
        for (int i = 0; i < whole.getFunctionsCount(); i++) {
            whole.setFunctions(i, whole(whole.getFunctions(i)));
        }
        return whole.build();
    }

    private FunctionProto whole(FunctionProto function) {
        FunctionProto.Builder whole = function.toBuilder().clearNode().clearAttributeProto();
        function.getNodeList().forEach(node -> whole.addNode(whole(node)));
        function.getAttributeProtoList().forEach(attribute -> whole.addAttributeProto(whole(attribute)));
        return whole.build();
    }

    private GraphProto whole(GraphProto graph) {
        GraphProto.Builder whole =
                graph.toBuilder().clearNode().clearInitializer().clearSparseInitializer();
        graph.getNodeList().forEach(node -> whole.addNode(whole(node)));
        graph.getInitializerList().forEach(tensor -> whole.addInitializer(whole(tensor)));
        graph.getSparseInitializerList().forEach(sparse -> whole.addSparseInitializer(whole(sparse)));
        return whole.build();
    }

    private NodeProto whole(NodeProto node) {
        NodeProto.Builder whole = node.toBuilder().clearAttribute();
        node.getAttributeList().forEach(attribute -> whole.addAttribute(whole(attribute)));
        return whole.build();
    }

    private AttributeProto whole(AttributeProto attribute) {
        AttributeProto.Builder whole = attribute.toBuilder();
        if (attribute.hasT()) {
            whole.setT(whole(attribute.getT()));
        }
        if (attribute.hasG()) {
            whole.setG(whole(attribute.getG()));
        }
        if (attribute.hasSparseTensor()) {
            whole.setSparseTensor(whole(attribute.getSparseTensor()));
        }
        for (int i = 0; i < attribute.getTensorsCount(); i++) {
            whole.setTensors(i, whole(attribute.getTensors(i)));
        }
        for (int i = 0; i < attribute.getGraphsCount(); i++) {
            whole.setGraphs(i, whole(attribute.getGraphs(i)));
        }
        for (int i = 0; i < attribute.getSparseTensorsCount(); i++) {
            whole.setSparseTensors(i, whole(attribute.getSparseTensors(i)));
        }
        return whole.build();
    }

    private SparseTensorProto whole(SparseTensorProto sparse) {
        return sparse.toBuilder()
                .setValues(whole(sparse.getValues()))
                .setIndices(whole(sparse.getIndices()))
                .build();
    }

    private TensorProto whole(TensorProto tensor) {
        if (tensor.getDataLocation() != TensorProto.DataLocation.EXTERNAL && tensor.getExternalDataCount() == 0) {
            return tensor;
        }
        Map<String, String> where = tensor.getExternalDataList().stream()
                .collect(Collectors.toMap(
                        StringStringEntryProto::getKey, StringStringEntryProto::getValue, (first, second) -> second));
        return tensor.toBuilder()
                .clearExternalData()
                .clearDataLocation()
                .setRawData(ByteString.copyFrom(read(tensor.getName(), where)))
                .build();
    }

    private byte[] read(String tensor, Map<String, String> where) {
        Path file = file(tensor, where.getOrDefault("location", ""));
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long offset = number(tensor, where.getOrDefault("offset", "0"));
            long length = where.containsKey("length")
                    ? number(tensor, where.getOrDefault("length", "0"))
                    : in.length() - offset;
            if (length < 0 || length > in.length() - offset) {
                throw new InvalidDataException(file + " has " + in.length() + " bytes, but " + source
                        + " needs its bytes from " + offset + " to " + (offset + length) + " for '" + tensor
                        + "': one of the two was replaced or damaged; bring back the pair that belongs together");
            }
            bytes += length;
            if (bytes > LARGEST) {
                throw new InvalidDataException(source + " and the files with its values have more than " + LARGEST
                        + " bytes, and one ONNX file cannot: export it in float16, or take a smaller network");
            }
            byte[] values = new byte[Math.toIntExact(length)];
            in.seek(offset);
            in.readFully(values);
            files.add(String.valueOf(file.getFileName()));
            return values;
        } catch (IOException e) {
            throw InvalidDataException.unreadable(file, e);
        }
    }

    /** A network may come from a stranger: what it names elsewhere is none of its business. */
    private Path file(String tensor, String location) {
        Path file = folder.resolve(location).normalize();
        String needs = source + " keeps the values of '" + tensor + "' in '" + location + "'";
        try {
            if (!file.startsWith(folder.normalize()) || location.isEmpty()) {
                throw new InvalidDataException(needs + ", which is not below its folder: put it beside the network");
            }
            if (!Files.isRegularFile(file)) {
                throw new InvalidDataException(
                        needs + ", and " + file + " is not there: copy it there, it belongs to" + " the network");
            }
            if (!file.toRealPath().startsWith(folder.toRealPath())) {
                throw new InvalidDataException(needs + ", a link that leads out of its folder: copy the file itself");
            }
            return file;
        } catch (IOException e) {
            throw InvalidDataException.unreadable(file, e);
        }
    }

    private long number(String tensor, String text) {
        try {
            return Math.max(0, Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw new InvalidDataException(
                    source + " keeps the values of '" + tensor + "' at '" + text + "', which is no number", e);
        }
    }
}
