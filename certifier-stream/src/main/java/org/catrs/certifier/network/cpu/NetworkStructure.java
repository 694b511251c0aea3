// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.cpu;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import org.catrs.certifier.network.session.NetworkFile;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.Sha256;
import org.catrs.schemas.onnx.proto.GraphProto;
import org.catrs.schemas.onnx.proto.ModelProto;
import org.catrs.schemas.onnx.proto.TensorProto;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;

/**
 * What two networks have in common when one was trained as the other was: operators, shapes and precision, on which
 * their speed depends, and not the weights.
 */
final class NetworkStructure {
    private NetworkStructure() {}

    /** A hash of a file without its weights, and without what it says of its making. */
    static String sha256(NetworkFile file) {
        ModelProto.Builder model = parse(file).toBuilder();
        model.clearProducerName().clearProducerVersion().clearMetadataProps();
        GraphProto.Builder graph = model.getGraphBuilder().clearName();
        graph.getInitializerBuilderList().forEach(NetworkStructure::clearWeights);
        return Sha256.of(model.build().toByteArray());
    }

    /** Without fields that are not known here, such as comments, and without copies of the weights. */
    private static ModelProto parse(NetworkFile file) {
        CodedInputStream in = UnsafeByteOperations.unsafeWrap(file.onnx()).newCodedInput();
        in.enableAliasing(true);
        try {
            return DiscardUnknownFieldsParser.wrap(ModelProto.parser()).parseFrom(in);
        } catch (InvalidProtocolBufferException e) {
            throw new InvalidDataException(file.source() + " is no ONNX model: " + e.getMessage(), e);
        }
    }

    /** Integers of 64 bits are no weights, but shapes and axes. */
    private static void clearWeights(TensorProto.Builder constant) {
        if (constant.getDataType() != DataType.INT64_VALUE) {
            constant.clearRawData().clearFloatData().clearInt32Data().clearDoubleData();
        }
    }
}
