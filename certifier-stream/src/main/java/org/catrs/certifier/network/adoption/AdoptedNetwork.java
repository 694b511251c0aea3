// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.adoption;

import java.util.Map;
import org.catrs.schemas.image.ImageShape;

/**
 * A network that can be certified.
 *
 * @param onnx its file: one float32 input [batch, C, H, W] of 0 to 1, one float32 output [batch, classes]
 * @param image shape of an image
 * @param preparation what pixels go through inside it
 * @param facts what it was made of and how, by name
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier to a model's folder, never compared
public record AdoptedNetwork(
        byte[] onnx, ImageShape image, int classes, PixelPreparation preparation, Map<String, String> facts) {}
