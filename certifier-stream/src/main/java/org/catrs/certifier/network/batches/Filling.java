// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.batches;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** What stands in a batch that is run once: samples of one or several requests, at its first places. */
public final class Filling {
    private final FillCounter fill;
    private final List<Piece> pieces = new ArrayList<>();
    private final boolean[] drawn;
    private int places;
    private int size;

    /** @param batch images in a run */
    Filling(int batch, FillCounter fill) {
        this.fill = fill;
        this.drawn = new boolean[batch];
        this.places = batch;
    }

    /** Number of samples; the places from there on are empty. */
    public int size() {
        return size;
    }

    /**
     * Has it run in a smaller batch.
     *
     * @throws IllegalArgumentException when its samples have no place there
     */
    public void runIn(int smaller) {
        if (smaller < size || smaller > places) {
            throw new IllegalArgumentException(size + " samples of " + places + " places cannot run in " + smaller);
        }
        places = smaller;
    }

    List<Piece> pieces() {
        return pieces;
    }

    /** Number of places that are left. */
    int room() {
        return drawn.length - size;
    }

    void add(Piece piece) {
        pieces.add(piece);
        size = piece.end();
    }

    /**
     * Draws the samples between two places; several threads may draw different ones at once. Noise that cannot be drawn
     * fails the request whose noise it is.
     *
     * @param from the first place
     * @param to the place behind the last one, at most {@link #size()}
     */
    public void draw(int from, int to, Slots slots) {
        for (Piece piece : pieces) {
            piece.draw(from, to, slots, drawn);
        }
    }

    /**
     * Gives each request the votes of its samples, after the network has run.
     *
     * @param labels the class that the image at a place votes for, or -1
     */
    public void count(IntUnaryOperator labels) {
        int[] votes = new int[size];
        for (int place = 0; place < size; place++) {
            votes[place] = drawn[place] ? labels.applyAsInt(place) : -1;
        }
        // Told before anybody is answered, so that whoever has an answer finds its batches told.
        fill.add(places, awaited());
        for (Piece piece : pieces) {
            piece.request().add(piece, votes);
        }
    }

    private int awaited() {
        return pieces.stream()
                .filter(piece -> !piece.request().isAnswered())
                .mapToInt(Piece::size)
                .sum();
    }

    /** Fails the requests whose samples stand here, when the network did not run. */
    public void fail(Throwable cause) {
        pieces.forEach(piece -> piece.request().fail(cause));
        fill.add(places, 0);
    }
}
