// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTextTest {
    /** ESC, the C1 form of CSI, a line break, right-to-left override, line separator, a lone surrogate. */
    @ParameterizedTest
    @ValueSource(strings = {"\u001b[2J", "\u009b2J", "\n", "\u202e", "\u2028", "\ud800", "\u200b", "\u0000"})
    void shouldShowWhatWouldActOnTheTerminal(String text) {
        assertThat(TerminalText.visible("a" + text + "b"))
                .isEqualTo("a" + String.format("\\u%04x", (int) text.charAt(0)) + text.substring(1) + "b");
    }

    @Test
    void shouldShowEveryCharacterOnOneLine() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            String visible = TerminalText.visible(Character.toString(point));
            assertThat(visible.codePoints().noneMatch(TerminalTextTest::acts)).isTrue();
        }
        assertThat(TerminalText.visible("größe 数字 \\ 7")).isEqualTo("größe 数字 \\ 7");
    }

    private static boolean acts(int point) {
        return Character.isISOControl(point) || Character.getType(point) == Character.FORMAT;
    }

    @Test
    void shouldCountColumns() {
        assertThat(TerminalText.columns("abc")).isEqualTo(3);
        assertThat(TerminalText.columns("数字")).isEqualTo(4);
        assertThat(TerminalText.columns("e\u0301")).isEqualTo(1);
        assertThat(TerminalText.columns("\uff76\uff85")).isEqualTo(2);
    }

    @Test
    void shouldFitAnyNumberOfColumns() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 2_000; i++) {
            String text = random.ints(random.nextInt(30), 0, 3)
                    .mapToObj(kind -> new String[] {"a", "字", "e\u0301"}[kind])
                    .reduce("", String::concat);
            int columns = random.nextInt(40);
            assertThat(TerminalText.columns(TerminalText.shortened(text, columns)))
                    .isLessThanOrEqualTo(columns);
            assertThat(TerminalText.columns(TerminalText.cut(text, columns))).isLessThanOrEqualTo(columns);
        }
        assertThat(TerminalText.shortened("mnist/test/0000042", 9)).isEqualTo("mnis\u20260042");
        assertThat(TerminalText.cut("mnist/test/0000042", 9)).isEqualTo("mnist/te\u2026");
        assertThat(TerminalText.shortened("short", 5)).isEqualTo("short");
    }
}
