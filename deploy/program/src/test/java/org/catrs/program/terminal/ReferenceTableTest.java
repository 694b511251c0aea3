// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReferenceTableTest {
    private static final List<String> HEADER = List.of("Key", "Type", "Range", "Meaning");

    @Test
    void shouldPrintARowOfMarkdownForEachThing() {
        assertThat(new ReferenceTable(HEADER, List.of(List.of("a", "int|long", "--a-b", "Less <than>."))).toMarkdown())
                .isEqualTo("| Key | Type | Range | Meaning |\n| --- | --- | --- | --- |\n"
                        + "| `a` | int\\|long | `--a-b` | Less &lt;than>. |\n");
    }

    @Test
    void shouldPrintSentencesBelowTheFactsAndFoldThem() {
        String sentence = "word ".repeat(30).strip();

        String text = new ReferenceTable(
                        HEADER, List.of(List.of("a", "int", "", sentence), List.of("b", "long", "1", "Short.")))
                .toText();

        assertThat(text)
                .startsWith("a\n    Type: int\n    word word")
                .endsWith("\n\nb\n    Type: long; Range: 1\n    Short.\n");
        assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void shouldRefuseARowOfAnotherLength() {
        assertThatThrownBy(() -> new ReferenceTable(HEADER, List.of(List.of("a"))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
