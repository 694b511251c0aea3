// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

import java.time.Duration;

/**
 * Which timestamps a topic takes, and keeps long enough. Half of each limit is used, since a record is older when it is
 * sent, and clocks differ.
 *
 * @param isKept whether records keep the timestamps that they are sent with
 * @param past how old a record may be, at most a century
 * @param future how far ahead a record may be, at most a century
 */
public record AcceptedTimes(boolean isKept, Duration past, Duration future) {
    private static final Duration CENTURY = Duration.ofDays(36_525);

    public AcceptedTimes {
        past = past.compareTo(CENTURY) < 0 ? past : CENTURY;
        future = future.compareTo(CENTURY) < 0 ? future : CENTURY;
    }

    /** Whether a record that is sent now may have a timestamp; both in milliseconds since 1970. */
    boolean areKept(long time, long now) {
        return isKept
                && now - time <= past.dividedBy(2).toMillis()
                && time - now <= future.dividedBy(2).toMillis();
    }
}
