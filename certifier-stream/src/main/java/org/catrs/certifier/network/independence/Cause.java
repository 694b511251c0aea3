// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

import org.catrs.schemas.onnx.proto.NodeProto;

/**
 * The first place at which a network could not be followed.
 *
 * @param node name of the node, or of its first output where it has none; empty for the network as a whole
 * @param operator its operator, empty for the network as a whole
 * @param reason what it does to the images of a batch, as the end of a sentence
 */
public record Cause(String node, String operator, String reason) {
    static Cause of(NodeProto node, String reason) {
        return new Cause(name(node), node.getOpType(), reason);
    }

    /** What a node is called: by its name, or by its first output. */
    static String name(NodeProto node) {
        return node.getName().isEmpty() && node.getOutputCount() > 0 ? node.getOutput(0) : node.getName();
    }

    static Cause ofNetwork(String reason) {
        return new Cause("", "", reason);
    }

    @Override
    public String toString() {
        return node.isEmpty() ? "it " + reason : "its node '" + node + "' (" + operator + ") " + reason;
    }
}
