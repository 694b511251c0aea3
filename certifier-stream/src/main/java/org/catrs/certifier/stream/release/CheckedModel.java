// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.release;

import java.net.URI;
import org.catrs.schemas.model.ModelManifest;

/**
 * A released model whose bytes were found to be what was released.
 *
 * @param folder where it was released, with a slash at the end
 * @param manifest as it was signed
 * @param onnx the network that the manifest describes
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record CheckedModel(URI folder, ModelManifest manifest, byte[] onnx) {}
