// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.terminal;

import java.lang.Character.UnicodeScript;
import java.util.Locale;
import java.util.Set;

/** Text that is printed on a terminal: what came from outside, made harmless, and what is too long, made to fit. */
public final class TerminalText {
    /** Columns of the terminal that standard output is; the front door says so. */
    private static final String COLUMNS_PROPERTY = "catrs.columns";

    private static final String ELLIPSIS = "\u2026";

    private static final Set<UnicodeScript> WIDE = Set.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.HANGUL,
            UnicodeScript.BOPOMOFO,
            UnicodeScript.YI);

    private TerminalText() {}

    /** Whether standard output is a terminal. */
    public static boolean isShown() {
        return Integer.getInteger(COLUMNS_PROPERTY, 0) > 0;
    }

    /** Columns of the terminal that standard output is; as many as one likes where it is none. */
    public static int width() {
        int columns = Integer.getInteger(COLUMNS_PROPERTY, 0);
        return columns > 0 ? columns : Integer.MAX_VALUE;
    }

    /**
     * The text with what moves a cursor, colours, turns the direction of writing or cannot be seen as an escape, such as
     * \u001b: one line whatever it was, and the same JSON where it was JSON in a line.
     */
    public static String visible(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (isVisible(point)) {
                visible.appendCodePoint(point);
            } else {
                for (char unit : Character.toChars(point)) {
                    visible.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                }
            }
        });
        return visible.toString();
    }

    private static boolean isVisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    /** The columns that a text takes. */
    public static int columns(String text) {
        return text.codePoints().map(TerminalText::columns).sum();
    }

    private static int columns(int point) {
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return isWide(point) ? 2 : 1;
    }

    private static boolean isWide(int point) {
        boolean isHalfWidth = isIn(point, 0xff61, 0xffdc);
        boolean isOfWideBlock = isIn(point, 0x3000, 0x303e)
                || isIn(point, 0xff01, 0xff60)
                || isIn(point, 0xffe0, 0xffe6)
                || isIn(point, 0x1f300, 0x1faff);
        return !isHalfWidth && (isOfWideBlock || WIDE.contains(UnicodeScript.of(point)));
    }

    private static boolean isIn(int point, int first, int last) {
        return first <= point && point <= last;
    }

    /** The text, without its middle where it takes more columns than there are: an id differs at its ends. */
    public static String shortened(String text, int columns) {
        if (columns(text) <= columns) {
            return text;
        }
        int room = Math.max(columns - 1, 0);
        String begin = begin(text, room / 2);
        String turned = new StringBuilder(text).reverse().toString();
        String end = new StringBuilder(begin(turned, room - room / 2)).reverse().toString();
        return columns < 1 ? "" : begin + ELLIPSIS + end;
    }

    /** The text, without its end where it takes more columns than there are. */
    public static String cut(String text, int columns) {
        if (columns(text) <= columns) {
            return text;
        }
        return columns < 1 ? "" : begin(text, columns - 1) + ELLIPSIS;
    }

    private static String begin(String text, int columns) {
        StringBuilder begin = new StringBuilder();
        int taken = 0;
        for (int point : text.codePoints().toArray()) {
            taken += columns(point);
            if (taken > columns) {
                break;
            }
            begin.appendCodePoint(point);
        }
        return begin.toString();
    }
}
