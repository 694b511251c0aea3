// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sees the colours as people do who lack a kind of cone: matrices of severity 1.0 of Machado, Oliveira and Fernandes, "A
 * Physiologically-based Model for Simulation of Color Vision Deficiency", 2009, table 1, on linear RGB. Distances are CIE76
 * in L*a*b* (D65), of which 2.3 is just noticeable.
 */
class PaletteTest {
    private static final double CLEARLY_APART = 15;
    private static final double[][] NORMAL = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    private static final double[][] PROTANOPIA = {
        {0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}
    };
    private static final double[][] DEUTERANOPIA = {
        {0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}
    };
    private static final double[][] XYZ = {
        {0.4124564, 0.3575761, 0.1804375}, {0.2126729, 0.7151522, 0.0721750}, {0.0193339, 0.1191920, 0.9503041}
    };
    private static final double[] WHITE = {0.95047, 1, 1.08883};

    @ParameterizedTest
    @MethodSource
    void shouldTellEachColourFromEveryOtherWithAnyVision(Palette palette, double[][] vision) {
        List<Color> all = new ArrayList<>(palette.series());
        all.add(palette.ground());

        for (int one = 0; one < all.size(); one++) {
            for (int other = 0; other < one; other++) {
                assertThat(distance(lab(all.get(one), vision), lab(all.get(other), vision)))
                        .as("%s and %s", all.get(one), all.get(other))
                        .isGreaterThan(CLEARLY_APART);
            }
        }
    }

    static Stream<Arguments> shouldTellEachColourFromEveryOtherWithAnyVision() {
        return Stream.of(Palette.LIGHT, Palette.DARK)
                .flatMap(palette ->
                        Stream.of(NORMAL, PROTANOPIA, DEUTERANOPIA).map(vision -> Arguments.of(palette, vision)));
    }

    private static double[] lab(Color colour, double[][] vision) {
        double[] linear = {linear(colour.getRed()), linear(colour.getGreen()), linear(colour.getBlue())};
        double[] seen = times(vision, linear);
        for (int i = 0; i < seen.length; i++) {
            seen[i] = Math.max(0, Math.min(1, seen[i]));
        }
        double[] xyz = times(XYZ, seen);
        double[] f = new double[xyz.length];
        for (int i = 0; i < f.length; i++) {
            double share = xyz[i] / WHITE[i];
            f[i] = share > 216.0 / 24389 ? Math.cbrt(share) : (24389.0 / 27 * share + 16) / 116;
        }
        return new double[] {116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
    }

    private static double linear(int value) {
        double share = value / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }

    private static double[] times(double[][] matrix, double[] vector) {
        double[] product = new double[matrix.length];
        for (int row = 0; row < matrix.length; row++) {
            for (int column = 0; column < vector.length; column++) {
                product[row] += matrix[row][column] * vector[column];
            }
        }
        return product;
    }

    private static double distance(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (one[i] - other[i]) * (one[i] - other[i]);
        }
        return Math.sqrt(sum);
    }
}
