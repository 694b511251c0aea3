// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.architecture;

import java.util.List;

/**
 * A named constant of a network's graph.
 *
 * @param values float32, row-major
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier from the network to the file, never compared
record Constant(String name, List<Long> shape, float[] values) {}
