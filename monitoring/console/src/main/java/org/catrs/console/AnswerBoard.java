// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catrs.console.view.ShownAnswer;
import org.catrs.console.view.StreamReader;
import org.catrs.console.view.Tile;
import org.catrs.schemas.event.CertificationRates;
import org.catrs.schemas.event.Event;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.event.ModelStatus;
import org.catrs.schemas.event.ShiftEvent;

/** The last answers, and what else was told: as much as the page shows, in bounded memory. */
final class AnswerBoard implements StreamReader {
    private static final int MOST_ANSWERS = 500;
    private static final int MOST_BYTES = 8 << 20;
    private static final int MOST_EVENTS = 200;

    private final Deque<Numbered> answers = new ArrayDeque<>();
    private final Map<String, Dated> events = new LinkedHashMap<>();
    private long bytes;
    private long number;
    private long changes;
    private String problem = "";

    /** An answer in the order of its coming, from 1. */
    private record Numbered(long number, ShownAnswer answer) {}

    /**
     * Something that was told.
     *
     * @param kind of event
     * @param time of its record
     */
    record Dated(String kind, long time, Event event) {}

    /** Tiles that a reader has not seen, the earliest first, and the number of the last. */
    record News(List<Tile> tiles, long last, long skipped) {}

    @Override
    public synchronized void answered(ShownAnswer answer) {
        // After a fault, the last answers are read once more.
        if (find(answer.tile().id()).isPresent()) {
            return;
        }
        answers.addLast(new Numbered(++number, answer));
        bytes += answer.bytes();
        while (answers.size() > MOST_ANSWERS || (bytes > MOST_BYTES && answers.size() > 1)) {
            bytes -= answers.removeFirst().answer().bytes();
        }
    }

    @Override
    public synchronized void told(Event event, long time) {
        String key = key(event);
        events.remove(key);
        events.put(key, new Dated(event.getClass().getSimpleName(), time, event));
        changes++;
        if (events.size() > MOST_EVENTS) {
            events.remove(events.keySet().iterator().next());
        }
    }

    /** What takes the place of an earlier event of the same key. */
    private static String key(Event event) {
        String kind = event.getClass().getSimpleName();
        if (event instanceof ModelStatus status) {
            return kind + status.key() + status.state() + status.version();
        }
        if (event instanceof ModelRelease release) {
            return kind + release.name() + release.version();
        }
        if (event instanceof CertificationRates rates) {
            return kind + rates.key();
        }
        return event instanceof ShiftEvent shift
                ? kind + shift.model() + shift.plan() + shift.targetRadius() + shift.measure() + shift.time()
                : kind;
    }

    @Override
    public synchronized void state(String found) {
        problem = found;
    }

    /** Forgets all: what follows is told again. */
    synchronized void clear() {
        answers.clear();
        events.clear();
        bytes = 0;
        problem = "";
    }

    /** Why the topics cannot be read; empty where they can. */
    synchronized String problem() {
        return problem;
    }

    /** Number of the last answer. */
    synchronized long last() {
        return number;
    }

    /** Changes with each event that is told. */
    synchronized long changes() {
        return changes;
    }

    /**
     * The tiles after a number.
     *
     * @param most the earlier ones are left out where there are more
     */
    synchronized News after(long seen, int most) {
        List<Tile> tiles = new ArrayList<>();
        for (Numbered answer : answers) {
            if (answer.number() > seen) {
                tiles.add(answer.answer().tile());
            }
        }
        List<Tile> shown = tiles.subList(Math.max(0, tiles.size() - most), tiles.size());
        return new News(List.copyOf(shown), number, number - seen - shown.size());
    }

    synchronized Optional<ShownAnswer> find(String id) {
        return answers.stream()
                .map(Numbered::answer)
                .filter(answer -> answer.tile().id().equals(id))
                .findFirst();
    }

    synchronized List<Dated> events() {
        return List.copyOf(events.values());
    }
}
