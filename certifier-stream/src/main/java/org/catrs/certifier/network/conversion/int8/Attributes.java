// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.conversion.int8;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.onnx.proto.AttributeProto;
import org.catrs.schemas.onnx.proto.NodeProto;

/** The attributes of a node, with the standard's defaults. */
record Attributes(NodeProto node, String source) {
    List<Long> integers(String name, List<Long> standard) {
        return find(name).map(AttributeProto::getIntsList).orElse(standard);
    }

    long integer(String name, long standard) {
        return find(name).map(AttributeProto::getI).orElse(standard);
    }

    float number(String name, float standard) {
        return find(name).map(AttributeProto::getF).orElse(standard);
    }

    /** The windows of a convolution or pooling. */
    Window window(List<Long> kernel) {
        require("auto_pad", find("auto_pad").map(a -> a.getS().toStringUtf8()).orElse("NOTSET"), "NOTSET");
        require("dilations", integers("dilations", List.of(1L, 1L)), List.of(1L, 1L));
        require("ceil_mode", integer("ceil_mode", 0), 0L);
        return new Window(
                integers("kernel_shape", kernel),
                integers("strides", List.of(1L, 1L)),
                integers("pads", List.of(0L, 0L, 0L, 0L)));
    }

    /** Refuses the node unless one of its facts is what it must be. */
    <T> void require(String fact, T found, T needed) {
        if (!found.equals(needed)) {
            throw new InvalidDataException(source + " has a node " + node.getOpType() + " '" + node.getOutput(0)
                    + "' with " + Map.of(fact, found) + "; int8 knows it with " + Map.of(fact, needed) + " alone; "
                    + GraphReader.INSTEAD);
        }
    }

    private Optional<AttributeProto> find(String name) {
        return node.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals(name))
                .findFirst();
    }
}
