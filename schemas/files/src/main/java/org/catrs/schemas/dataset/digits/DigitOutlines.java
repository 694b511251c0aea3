// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.dataset.digits;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ways in which each digit is written, as strokes in a box of 100 x 100. */
final class DigitOutlines {
    static final int DIGITS = 10;

    /** One way a line: the digit, then its strokes in the notation of {@link Stroke#parse}, divided by bars. */
    private static final String NOTATION = """
            0 ~ 54,2 24,12 6,46 16,84 48,98 80,84 94,50 80,14 52,2
            0 ~ 70,6 38,4 12,30 8,66 30,96 64,94 90,66 90,32 66,6 56,12
            1 - 50,2 50,98
            1 - 52,2 49,50 51,98
            1 - 32,24 52,3 52,98
            1 - 34,22 52,3 52,97 | - 30,97 74,97
            2 ~ 10,26 28,5 60,3 82,22 72,48 42,74 8,97 | - 8,97 92,95
            2 ~ 12,22 34,4 66,5 82,26 66,54 32,86 14,94 10,84 28,80 56,93 92,92
            3 ~ 12,14 38,2 72,7 80,27 64,43 38,48 | ~ 38,48 74,53 90,73 74,93 42,98 10,87
            3 - 14,5 82,5 44,42 | ~ 44,42 78,49 90,71 74,93 42,98 10,88
            4 - 22,4 10,58 90,56 | - 70,8 64,98
            4 - 66,98 68,3 6,66 94,64
            4 ~ 24,6 14,34 22,52 50,55 82,46 | - 84,6 78,50 70,98
            5 - 84,5 28,5 20,45 | ~ 20,45 50,37 80,47 90,69 74,92 42,98 10,89
            5 - 30,6 22,44 | ~ 22,44 56,38 84,56 82,82 52,98 14,90 | - 30,6 86,4
            6 ~ 72,3 40,17 16,46 9,72 24,94 54,98 82,86 84,65 62,52 34,57 13,74
            6 ~ 52,2 28,30 12,66 20,92 48,98 76,88 80,66 58,54 30,62 15,80
            7 - 8,6 90,6 40,98
            7 ~ 10,14 12,6 50,8 90,5 | ~ 90,5 66,36 48,68 42,98
            7 - 8,6 88,6 42,98 | - 30,53 76,50
            8 ~ 78,17 50,2 22,14 26,34 52,48 82,66 82,87 50,98 18,87 18,66 50,47 76,34 80,18
            8 ~ 50,47 24,36 22,14 50,2 78,14 76,36 50,47 20,62 16,86 50,98 84,86 80,62 50,47
            9 ~ 84,24 60,3 26,10 12,32 28,52 60,49 84,24 | ~ 84,24 82,60 70,98
            9 ~ 82,20 54,3 22,12 16,36 38,52 68,44 82,20 | - 84,8 76,98
            9 ~ 84,24 60,3 26,10 12,32 28,52 60,49 84,24 | ~ 84,24 88,62 74,90 44,98 18,88
            """;

    private static final List<List<List<Stroke>>> WAYS = Stream.iterate(0, digit -> digit < DIGITS, digit -> digit + 1)
            .map(DigitOutlines::parse)
            .toList();

    private DigitOutlines() {}

    /** The ways in which a digit is written; each is a list of strokes. */
    static List<List<Stroke>> of(int digit) {
        return WAYS.get(digit);
    }

    private static List<List<Stroke>> parse(int digit) {
        return NOTATION.lines()
                .filter(line -> line.startsWith(digit + " "))
                .map(line -> Stream.of(line.substring(2).split("\\|", -1))
                        .map(Stroke::parse)
                        .collect(Collectors.toUnmodifiableList()))
                .collect(Collectors.toUnmodifiableList());
    }
}
