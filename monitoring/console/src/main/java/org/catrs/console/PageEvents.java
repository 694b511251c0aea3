// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.catrs.console.web.Cursor;
import org.catrs.schemas.json.JsonRecords;
import org.jspecify.annotations.Nullable;

/** What one open page has still to be told. */
final class PageEvents implements Cursor {
    private static final int MOST_TILES = 60;
    private static final long BETWEEN_FIGURES = TimeUnit.SECONDS.toNanos(1);

    private final AnswerBoard board;
    private final @Nullable Following following;
    private final Supplier<Health> health;
    private final Optional<CertificationReport> certification;
    private long seen;
    private long changes;
    private boolean isFirst = true;
    private long figuresAt;

    PageEvents(
            AnswerBoard board,
            @Nullable Following following,
            Supplier<Health> health,
            Optional<CertificationReport> certification) {
        this.board = board;
        this.following = following;
        this.health = health;
        this.certification = certification;
        if (following != null) {
            following.arrive();
        }
    }

    /**
     * How things are now.
     *
     * @param problem why the topics cannot be read; empty where they can
     * @param atHand images of this instance that are worked on
     */
    record Now(Health health, CertificationReport.@Nullable Figures figures, long atHand, String problem) {}

    /** What else was told. */
    record Told(List<AnswerBoard.Dated> events) {}

    @Override
    public String next() {
        StringBuilder text = new StringBuilder();
        long now = System.nanoTime();
        if (isFirst || now - figuresAt > BETWEEN_FIGURES) {
            figuresAt = now;
            text.append(event("now", now()));
        }
        if (isFirst || board.last() > seen) {
            AnswerBoard.News news = board.after(seen, isFirst ? Integer.MAX_VALUE : MOST_TILES);
            seen = news.last();
            if (!news.tiles().isEmpty()) {
                // What came before the page was opened did not come too fast for it.
                text.append(event("tiles", isFirst ? new AnswerBoard.News(news.tiles(), news.last(), 0) : news));
            }
        }
        if (isFirst || board.changes() != changes) {
            changes = board.changes();
            text.append(event("told", new Told(board.events())));
        }
        isFirst = false;
        return text.toString();
    }

    private Now now() {
        CertificationReport.Figures figures =
                certification.map(CertificationReport::now).orElse(null);
        return new Now(health.get(), figures, figures == null ? 0 : figures.atHand(), board.problem());
    }

    private static String event(String name, Record value) {
        return Cursor.event(name, new String(JsonRecords.write(value), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        if (following != null) {
            following.leave();
        }
    }
}
