// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NamesInMetadataTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "names       | {0: 'cat', 1: 'dog', 2: 'big bird'}",
                "id2label    | {\"0\": \"cat\", \"1\": \"dog\", \"2\": \"big bird\"}",
                "Classes     | [\"cat\", \"dog\", \"big bird\"]",
                "class_names | ['cat', 'dog', 'big bird']",
                "labels      | cat, dog,big bird"
            })
    void shouldReadNamesAsExportersWriteThem(String key, String value) {
        assertThat(names(Map.of(key, value))).containsExactly("cat", "dog", "big bird");
    }

    @Test
    void shouldOrderNumberedNamesByTheirNumbers() {
        assertThat(names(Map.of("names", "{1: 'b', 0: 'a'}"))).containsExactly("a", "b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"names | {1: 'b', 2: 'c'}", "names | {}", "other | a,b"})
    void shouldTakeNothingThatLacksAClass(String key, String value) {
        assertThat(names(Map.of(key, value))).isEmpty();
    }

    private static List<String> names(Map<String, String> metadata) {
        return NamesInMetadata.of(
                ForeignGraph.floats().pixels().classifier().logits().model(metadata));
    }
}
