// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.charts;

import java.awt.Color;
import java.util.List;
import java.util.stream.Stream;

/**
 * The colours of series, in all plots: people with any colour vision can tell each from every other, and from the ground.
 *
 * @param series in the order in which they are taken
 */
public record Palette(Color ground, List<Color> series) {
    /** On white: Okabe and Ito's colours, with a black that is nearly one. */
    public static final Palette LIGHT =
            of(0xFFFFFF, 0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0x56B4E9, 0xE69F00, 0x1F1F1F);

    /** On a dark ground. */
    public static final Palette DARK =
            of(0x0D1117, 0x3A9BDC, 0xFF9A57, 0x009E73, 0xE8A5CB, 0xF0E442, 0xD55E00, 0xFFFFFF);

    public Palette {
        series = List.copyOf(series);
    }

    private static Palette of(int ground, Integer... series) {
        return new Palette(new Color(ground), Stream.of(series).map(Color::new).toList());
    }

    /** A colour as style sheets write it. */
    static String css(Color colour) {
        return String.format("#%06x", colour.getRGB() & 0xFFFFFF);
    }
}
