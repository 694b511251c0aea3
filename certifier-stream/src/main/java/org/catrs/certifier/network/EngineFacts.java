// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network;

/**
 * What a network runs on.
 *
 * @param provider execution provider, {@code cpu} or {@code cuda}
 * @param precision of the arithmetic, {@code fp32}
 * @param name engine, {@code onnxruntime}
 * @param version the engine's version, with the level of its graph optimisation as build metadata, such as {@code
 *     1.29.0+extended}: where both are the same, a machine repeats logits to the last bit
 */
public record EngineFacts(String provider, String precision, String name, String version) {}
