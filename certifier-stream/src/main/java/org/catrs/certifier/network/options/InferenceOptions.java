// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.options;

import java.nio.file.Path;
import org.catrs.schemas.InvalidDataException;
import org.jspecify.annotations.Nullable;

/**
 * How a network is run.
 *
 * @param threads threads that draw noise, and that run the network on the CPU; 0 for as many as is fastest
 * @param precision arithmetic that it runs in; null for that of its file
 * @param provider what the network runs on
 * @param natives folder of ONNX Runtime's libraries, which the first network that is opened decides for the process;
 *     null for those of the class path
 * @param tuning what is pinned of the settings that decide its speed
 * @param independence how well it must be known that the network treats each image of a batch by itself
 * @param share how much of the machine is taken to make it ready
 */
public record InferenceOptions(
        int threads,
        @Nullable Precision precision,
        ExecutionProvider provider,
        @Nullable Path natives,
        Tuning tuning,
        Assurance independence,
        MachineShare share) {
    /** As fast as it goes, in the file's own arithmetic, on the best provider that works. */
    public static final InferenceOptions DEFAULT = new InferenceOptions(0, null);

    /** @throws InvalidDataException when the number of threads is negative */
    public InferenceOptions {
        if (threads < 0) {
            throw new InvalidDataException(
                    "the number of inference threads must be 0 (as many as is fastest) or more, found " + threads);
        }
    }

    /** The best provider that works, with the class path's libraries. */
    public InferenceOptions(int threads, @Nullable Precision precision) {
        this(threads, precision, ExecutionProvider.AUTO, null, Tuning.AUTOMATIC);
    }

    /** Opened at once, if its graph shows that images of a batch are kept apart. */
    public InferenceOptions(
            int threads,
            @Nullable Precision precision,
            ExecutionProvider provider,
            @Nullable Path natives,
            Tuning tuning) {
        this(threads, precision, provider, natives, tuning, Assurance.PROVED, MachineShare.AT_ONCE);
    }

    /** Everything that decides the speed is picked. */
    public InferenceOptions(
            int threads, @Nullable Precision precision, ExecutionProvider provider, @Nullable Path natives) {
        this(threads, precision, provider, natives, Tuning.AUTOMATIC);
    }

    /** The same for a network that is opened with another share. */
    public InferenceOptions at(MachineShare other) {
        return new InferenceOptions(threads, precision, provider, natives, tuning, independence, other);
    }

    /** The same for a network of which more or less must be known. */
    public InferenceOptions with(Assurance other) {
        return new InferenceOptions(threads, precision, provider, natives, tuning, other, share);
    }

    /** The number of threads, that of the machine's cores where none is given. */
    public int threadsOrCores() {
        return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }
}
