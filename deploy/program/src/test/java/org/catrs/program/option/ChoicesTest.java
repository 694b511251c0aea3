// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

class ChoicesTest {
    enum Method {
        GAUSSIAN,
        CAT_RS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Command(name = "train")
    private static final class Train {
        @Option(names = "--method")
        private Method method = Method.GAUSSIAN;

        @Option(names = "--compare", split = ",")
        private List<Method> compared = List.of();
    }

    private final Train train = new Train();

    private void parse(String... arguments) {
        Choices.readIn(new CommandLine(train)).parseArgs(arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cat-rs", "Cat-RS", "CAT_RS", "cat_rs"})
    void shouldReadAValueWhateverItsCase(String text) {
        parse("--method", text);

        assertThat(train.method).isEqualTo(Method.CAT_RS);
    }

    @Test
    void shouldReadAListOfValues() {
        parse("--compare", "gaussian,cat-rs");

        assertThat(train.compared).containsExactly(Method.GAUSSIAN, Method.CAT_RS);
    }

    @Test
    void shouldNameEachValueOnceWhereOneIsNoneOfThem() {
        assertThatThrownBy(() -> parse("--method", "gausian"))
                .isInstanceOf(ParameterException.class)
                .hasMessage("Invalid value for option '--method': expected one of gaussian, cat-rs, found gausian");
    }
}
