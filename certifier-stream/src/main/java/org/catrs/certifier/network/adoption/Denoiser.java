// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.adoption;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.proto.AttributeProto;
import org.catrs.schemas.onnx.proto.GraphProto;
import org.catrs.schemas.onnx.proto.ModelProto;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.catrs.schemas.onnx.proto.OperatorSetIdProto;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;
import org.catrs.schemas.onnx.proto.ValueInfoProto;

/**
 * A network that takes noise off images, float32 [batch, C, H, W] of 0 to 1 in and out: denoised smoothing (Salman et al.,
 * 2020). With a classifier behind it, it is one network, and a certificate is about the two together.
 *
 * @param model with one output
 * @param form of its input
 * @param source names its file in messages
 * @param sha256 of its file
 */
record Denoiser(OnnxModel model, InputForm form, String source, String sha256) {
    private static final String PREFIX = "denoiser/";

    /** The first version of ONNX's operators from which on these mean the same as in the newest that is known. */
    private static final long STEADY_SINCE = 13;

    private static final Set<String> STEADY = Set.of(
            ("Abs Add AveragePool BatchNormalization Cast Clip Concat Constant Conv ConvTranspose Div Elu Erf Exp"
                            + " Flatten Gather Gemm GlobalAveragePool Identity LeakyRelu MatMul Max MaxPool Min Mul Neg Pow"
                            + " PRelu Relu Reshape Sigmoid Slice Softmax Softplus Sqrt Squeeze Sub Tanh Transpose"
                            + " Unsqueeze")
                    .split(" "));

    /**
     * Reads a denoiser.
     *
     * @param sha256 of its file
     * @param image shape of the classifier's images
     * @throws InvalidDataException when it is none of such images
     */
    static Denoiser read(OnnxModel whole, Path file, String sha256, ImageShape image) {
        String source = file.toString();
        AdoptionOptions options = new AdoptionOptions(
                null, false, null, List.of(image.channels(), image.height(), image.width()), null, null);
        InputForm form = InputForm.of(whole, options, source);
        if (form.type() != DataType.FLOAT
                || form.layout() != ImageLayout.NCHW
                || form.sizes().size() != 4) {
            throw new InvalidDataException(source + " takes " + InputForm.text(form.sizes()) + " (" + form.type()
                    + "); needed of a denoiser is float32, batch x channels x height x width of 0 to 1, in and out");
        }
        Scores output = Scores.of(whole, null, new ArrayList<>(), source);
        return new Denoiser(output.model(), form, source, sha256);
    }

    /** @throws InvalidDataException when what comes out is no image of the same shape */
    void requireImages(List<Long> sizes) {
        List<Long> needed = List.of(
                sizes.get(0),
                (long) form.image().channels(),
                (long) form.image().height(),
                (long) form.image().width());
        if (!sizes.equals(needed)) {
            throw new InvalidDataException(source + " gives " + InputForm.text(sizes) + " for images of " + form.image()
                    + "; a denoiser gives images of the shape that it takes");
        }
    }

    /**
     * The two as one network.
     *
     * @param classifier whose input is float32 [batch, C, H, W] of 0 to 1
     * @throws InvalidDataException when their versions of ONNX's operators cannot stand in one file
     */
    OnnxModel before(OnnxModel classifier) {
        long version = commonVersion(classifier);
        GraphProto behind = classifier.proto().getGraph();
        ValueInfoProto input = behind.getInput(0);
        GraphProto own = renamed(
                model.proto().getGraph(), model.proto().getGraph().getOutput(0).getName(), input.getName());
        GraphProto.Builder both = behind.toBuilder().clearNode().clearInput();
        both.addInput(input.toBuilder().setName(PREFIX + form.name()));
        both.addAllNode(own.getNodeList()).addAllNode(behind.getNodeList());
        both.addAllInitializer(own.getInitializerList());
        both.addAllSparseInitializer(own.getSparseInitializerList());
        ModelProto.Builder file = classifier.proto().toBuilder().setGraph(both).clearOpsetImport();
        file.addAllFunctions(model.proto().getFunctionsList());
        file.setIrVersion(Math.max(file.getIrVersion(), model.proto().getIrVersion()));
        file.addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(version));
        Set<String> named = new TreeSet<>(Set.of(""));
        for (ModelProto each : List.of(classifier.proto(), model.proto())) {
            for (OperatorSetIdProto set : each.getOpsetImportList()) {
                if (named.add(OnnxModel.domain(set.getDomain()))) {
                    file.addOpsetImport(set);
                }
            }
        }
        return new OnnxModel(file.build());
    }

    private long commonVersion(OnnxModel classifier) {
        long own = GraphSearch.version(model);
        long other = GraphSearch.version(classifier);
        OnnxModel older = own < other ? model : classifier;
        Set<String> unsteady = new TreeSet<>();
        older.nodes().forEach(node -> unsteady.add(node.getOpType()));
        unsteady.removeAll(STEADY);
        if (own != other && (Math.min(own, other) < STEADY_SINCE || !unsteady.isEmpty())) {
            throw new InvalidDataException(source + " uses version " + own + " of ONNX's operators, and the classifier"
                    + " version " + other
                    + (unsteady.isEmpty() ? "" : ", and between them may lie what " + unsteady + " mean")
                    + ": export both with one opset_version, or convert the older with"
                    + " onnx.version_converter");
        }
        return Math.max(own, other);
    }

    /** With a prefix before each name, but another name for the output. */
    private static GraphProto renamed(GraphProto graph, String output, String name) {
        GraphProto.Builder renamed = graph.toBuilder();
        for (int i = 0; i < renamed.getNodeCount(); i++) {
            renamed.setNode(i, renamed(renamed.getNode(i), output, name));
        }
        renamed.getInitializerBuilderList().forEach(tensor -> tensor.setName(renamed(tensor.getName(), output, name)));
        renamed.getSparseInitializerBuilderList()
                .forEach(sparse -> sparse.getValuesBuilder()
                        .setName(renamed(sparse.getValues().getName(), output, name)));
        renamed.getInputBuilderList().forEach(value -> value.setName(renamed(value.getName(), output, name)));
        renamed.getOutputBuilderList().forEach(value -> value.setName(renamed(value.getName(), output, name)));
        return renamed.clearValueInfo().build();
    }

    private static NodeProto renamed(NodeProto node, String output, String name) {
        NodeProto.Builder renamed = node.toBuilder().clearInput().clearOutput().clearAttribute();
        renamed.setName(PREFIX + node.getName());
        node.getInputList().forEach(each -> renamed.addInput(renamed(each, output, name)));
        node.getOutputList().forEach(each -> renamed.addOutput(renamed(each, output, name)));
        node.getAttributeList().forEach(attribute -> renamed.addAttribute(renamed(attribute, output, name)));
        return renamed.build();
    }

    private static AttributeProto renamed(AttributeProto attribute, String output, String name) {
        AttributeProto.Builder renamed = attribute.toBuilder();
        if (attribute.hasG()) {
            renamed.setG(renamed(attribute.getG(), output, name));
        }
        for (int i = 0; i < attribute.getGraphsCount(); i++) {
            renamed.setGraphs(i, renamed(attribute.getGraphs(i), output, name));
        }
        return renamed.build();
    }

    private static String renamed(String value, String output, String name) {
        return value.isEmpty() ? value : value.equals(output) ? name : PREFIX + value;
    }
}
