// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.event;

/** What the events' constructors check; the messages name the field. */
final class Checks {
    /** Every whole number up to here is a double, which numbers in canonical JSON are: what is signed is what is read. */
    private static final long MOST_EXACT = (1L << 53) - 1;

    private Checks() {}

    /** @throws IllegalArgumentException when the condition does not hold */
    static void check(boolean holds, String requirement, Object found) {
        if (!holds) {
            throw new IllegalArgumentException(requirement + ", found " + found);
        }
    }

    /** @throws IllegalArgumentException when the value is not finite and at least the given one */
    static void checkAtLeast(double least, double value, String name) {
        check(value >= least && value < Double.POSITIVE_INFINITY, name + " is finite and at least " + least, value);
    }

    /** @throws IllegalArgumentException when the value is not finite and above 0 */
    static void checkPositive(double value, String name) {
        check(value > 0 && value < Double.POSITIVE_INFINITY, name + " is finite and above 0", value);
    }

    /** @throws IllegalArgumentException when the value is no probability strictly between 0 and 1 */
    static void checkInside01(double value, String name) {
        check(value > 0 && value < 1, name + " is between 0 and 1", value);
    }

    /** @throws IllegalArgumentException when the number is below 0, or above what JSON has exactly */
    static void checkExact(long value, String name) {
        check(value >= 0 && value <= MOST_EXACT, name + " is at least 0 and at most " + MOST_EXACT, value);
    }

    /** @throws IllegalArgumentException when the text is blank */
    static void checkFilled(String value, String name) {
        check(!value.isBlank(), name + " is not blank", "'" + value + "'");
    }
}
