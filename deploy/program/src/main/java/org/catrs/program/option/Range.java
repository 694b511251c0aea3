// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.option;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The values that an option may take.
 *
 * @param text what is allowed, after "must be"
 * @param reader reads a value; throws an IllegalArgumentException when the text is none
 * @param allowed whether a value is in the range; written so that NaN is not
 */
public record Range<T>(String text, Function<String, T> reader, Predicate<T> allowed) {
    /** Whole numbers from a least one. */
    public static Range<Integer> wholeFrom(int least) {
        return new Range<>("a whole number of at least " + least, Integer::valueOf, value -> value >= least);
    }

    /** Numbers from a least one. */
    public static Range<Double> numberFrom(double least) {
        return new Range<>(
                String.format(Locale.ROOT, "at least %.3g", least).replaceFirst("\\.?0+$", ""),
                Double::valueOf,
                value -> value >= least && value < Double.POSITIVE_INFINITY);
    }

    /** Numbers above zero. */
    public static Range<Double> numberAboveZero() {
        return new Range<>("above 0", Double::valueOf, value -> value > 0 && value < Double.POSITIVE_INFINITY);
    }

    /** Probabilities. */
    public static Range<Double> probability() {
        return new Range<>("at least 0 and at most 1", Double::valueOf, value -> value >= 0 && value <= 1);
    }

    /** Yes or no. */
    public static Range<Boolean> trueOrFalse() {
        return new Range<>(
                "true or false",
                text -> switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new IllegalArgumentException(text);
                },
                value -> true);
    }

    /** The constants of an enum, by what they print as. */
    public static <E extends Enum<E>> Range<E> of(Class<E> type) {
        E[] constants = type.getEnumConstants();
        return new Range<>(
                "one of "
                        + String.join(
                                ", ", Arrays.stream(constants).map(E::toString).toList()),
                text -> Arrays.stream(constants)
                        .filter(constant -> constant.toString().equalsIgnoreCase(text))
                        .findFirst()
                        .orElseThrow(IllegalArgumentException::new),
                value -> true);
    }

    /** The value that a text says, unless it says none of this range. */
    public Optional<T> read(String value) {
        try {
            return Optional.of(reader.apply(value.strip())).filter(allowed);
        } catch (IllegalArgumentException notOfThisKind) {
            return Optional.empty();
        }
    }
}
