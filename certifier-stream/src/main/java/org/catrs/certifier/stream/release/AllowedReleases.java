// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.release;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.ModelRelease;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of the releases that somebody signed may be served: none that is revoked, and none that was issued before one that
 * was served already. So whoever writes to the topic and has no key brings no old model back. To be used by one thread.
 */
final class AllowedReleases {
    private static final Logger LOG = LoggerFactory.getLogger(AllowedReleases.class);

    /** The clocks of who signs and who serves may be apart by this much. */
    private static final Duration CLOCKS_APART = Duration.ofHours(1);

    private final @Nullable Path revoked;
    private final NewestIssues newest;
    private final Clock clock;
    private RevocationList list;

    /**
     * Reads what is revoked.
     *
     * @param revoked the list's file; null where nothing is revoked
     * @throws InvalidDataException when it cannot be read
     */
    AllowedReleases(@Nullable Path revoked, NewestIssues newest, Clock clock) {
        this.revoked = revoked;
        this.newest = newest;
        this.clock = clock;
        this.list = revoked == null ? RevocationList.EMPTY : RevocationList.read(revoked);
    }

    /**
     * Makes sure that a release may be served.
     *
     * @param release whose signature holds
     * @throws RefusedReleaseException when it must not be
     */
    void require(ModelRelease release) {
        revocation(release).ifPresent(problem -> {
            throw new RefusedReleaseException(RefusalReason.REVOKED, problem);
        });
        Instant issued = issued(release);
        Instant known = newest.of(release.name());
        if (issued.isBefore(known)) {
            throw new RefusedReleaseException(
                    RefusalReason.OUTDATED,
                    "this release of " + release.name() + " was issued at " + issued + ", and one that was issued at "
                            + known + " was served already; 'models release FOLDER --key F' issues the older model"
                            + " anew, if it is to be served again");
        }
        if (issued.isAfter(clock.instant().plus(CLOCKS_APART))) {
            throw new RefusedReleaseException(
                    RefusalReason.NOT_YET_ISSUED,
                    "this release of " + release.name() + " was issued at " + issued + ", but it is only "
                            + clock.instant() + " here; the clock of whoever signed it is ahead, or this one behind");
        }
    }

    /** Why a release is revoked; empty when it is not. */
    Optional<String> revocation(ModelRelease release) {
        return list.problem(release, issued(release));
    }

    /** From now on, nothing that was issued earlier replaces it. */
    void served(ModelRelease release) {
        newest.raise(release.name(), issued(release));
    }

    /**
     * Reads again what is revoked; where that fails, what was revoked before still is.
     *
     * @return whether something is revoked or allowed that was not
     */
    boolean reread() {
        if (revoked == null) {
            return false;
        }
        try {
            RevocationList now = RevocationList.read(revoked);
            boolean changed = !now.equals(list);
            list = now;
            return changed;
        } catch (InvalidDataException e) {
            LOG.error("what is revoked cannot be read; what was revoked before still is: {}", e.getMessage());
            return false;
        }
    }

    private static Instant issued(ModelRelease release) {
        Long issued = release.issued();
        return issued == null ? Instant.MIN : Instant.ofEpochMilli(issued);
    }
}
