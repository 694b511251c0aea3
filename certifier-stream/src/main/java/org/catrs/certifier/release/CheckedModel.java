// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.release;

import java.util.Set;
import org.catrs.schemas.model.ModelManifest;

/**
 * A released model whose bytes were found to be what was released.
 *
 * @param manifest as it was signed
 * @param onnx the network that the manifest describes
 * @param cachedFiles names of its files in the cache
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record CheckedModel(ModelManifest manifest, byte[] onnx, Set<String> cachedFiles) {}
