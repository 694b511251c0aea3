// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.catrs.certifier.network.Networks;
import org.catrs.certifier.network.OnnxClassifier;
import org.catrs.certifier.network.options.ExecutionProvider.Kind;
import org.catrs.schemas.InvalidDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutionProviderTest {
    @ParameterizedTest
    @ValueSource(strings = {"auto", "cpu", "cuda", "cuda:1", "cuda:0,1", "cuda:all"})
    void shouldReadWhatItWrites(String text) {
        assertThat(ExecutionProvider.parse(text)).hasToString(text);
    }

    @Test
    void shouldKnowTheDevices() {
        assertThat(ExecutionProvider.parse("cuda")).isEqualTo(new ExecutionProvider(Kind.CUDA, List.of(0)));
        assertThat(ExecutionProvider.parse(" CUDA:2,0")).isEqualTo(new ExecutionProvider(Kind.CUDA, List.of(2, 0)));
        assertThat(ExecutionProvider.parse("cuda:all")).isEqualTo(new ExecutionProvider(Kind.CUDA, List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gpu", "cuda:", "cuda:-1", "cuda:1,", "cuda:0,0", "tensorrt"})
    void shouldRefuseWhatItDoesNotKnow(String text) {
        assertThatThrownBy(() -> ExecutionProvider.parse(text))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("found ");
    }

    @Test
    void shouldNotRunOnTheProcessorWhenCudaIsAskedFor() {
        InferenceOptions options = new InferenceOptions(1, Precision.FP32, ExecutionProvider.parse("cuda"), null);

        // With a GPU and its libraries there would be nothing to refuse.
        assertThatThrownBy(() -> load(options).close())
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith("a session on cuda:0 does not start: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "auto"})
    void shouldRunOnTheProcessorWhereThereIsNoCuda(String provider) {
        try (OnnxClassifier classifier =
                load(new InferenceOptions(1, Precision.FP32, ExecutionProvider.parse(provider), null))) {
            assertThat(classifier.engine().provider()).isEqualTo("cpu");
        }
    }

    @Test
    void shouldRefuseAFolderWithoutLibraries() {
        InferenceOptions options =
                new InferenceOptions(1, Precision.FP32, ExecutionProvider.CPU, Path.of("no", "such", "folder"));

        assertThatThrownBy(() -> load(options).close())
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith("there is no ")
                .hasMessageContaining("needed is a folder with the libraries of ONNX Runtime for Java");
    }

    private static OnnxClassifier load(InferenceOptions options) {
        return OnnxClassifier.load(Networks.bytes("convolutional"), "convolutional.onnx", options);
    }
}
