// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.inference;

/**
 * What a network runs on.
 *
 * @param provider execution provider, {@code cpu}
 * @param precision of the arithmetic, {@code fp32}
 * @param name engine, {@code onnxruntime}
 * @param version the engine's version, with the settings that choose its kernels as build metadata, such as {@code
 *     1.29.0+extended.batch64}: logits are repeated to the last bit where both are the same
 */
public record EngineFacts(String provider, String precision, String name, String version) {}
