// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.noise;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Independent random generators, found by what they are for and where in the training they are used. A training that
 * goes on from a checkpoint thereby draws what it would have drawn, and the number of threads does not matter.
 *
 * @param seed seed of the training
 */
public record RandomStreams(long seed) {
    private static final RandomGeneratorFactory<RandomGenerator> FACTORY =
            RandomGeneratorFactory.of("L64X128MixRandom");

    /** What a generator is for. */
    public enum Purpose {
        INITIAL_PARAMETERS(1),
        ORDER(2),
        NOISE(3),
        METHOD(4),
        EXPORT_CHECK(5),
        AUGMENTATION(6),
        VOTES(7),
        HELD_OUT_NOISE(8);

        private final long number;

        Purpose(long number) {
            this.number = number;
        }
    }

    /** A new generator; equal arguments give equal numbers. */
    public RandomGenerator generator(Purpose purpose, long first, long second) {
        long state = mix(seed);
        state = mix(state ^ purpose.number);
        state = mix(state ^ first);
        return FACTORY.create(mix(state ^ second));
    }

    /** A bijection in which every input bit changes half of the output bits: Stafford's variant 13 of MurmurHash3's. */
    private static long mix(long value) {
        long mixed = value + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
