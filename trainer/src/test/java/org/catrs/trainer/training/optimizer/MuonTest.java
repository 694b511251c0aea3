// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Scanner;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.catrs.trainer.architecture.Parameters.Matrix;
import org.catrs.trainer.engine.TorchEngine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MuonTest {
    private static final float[] FIRST = {0.5f, -0.2f, 0.3f, 0.1f, 0.4f, -0.6f, 0.2f, -0.1f, 0.7f};
    private static final float[] SECOND = {-0.1f, 0.3f, 0.2f, -0.5f, 0.1f, 0.4f, 0.1f, 0.3f, -0.2f};

    @BeforeAll
    static void startTorch() {
        TorchEngine.start();
    }

    private static OptimizerRecipe recipe(boolean nesterov) {
        return new OptimizerRecipe(OptimizerKind.MUON, 0.1, Schedule.STEP, 0.9, nesterov, 0.01, 0);
    }

    /**
     * A matrix and a bias of three. The expected values are NumPy's, from a singular value decomposition of the momentum:
     * S /= norm; five times S = 3.4445 S - 4.775 S^3 + 2.0315 S^5; w = 0.999 w - 0.02 sqrt(3) U S V^T.
     */
    @ParameterizedTest
    @CsvSource({
        "2, 3, false, 0.955025 1.997174 2.959686 4.005375 4.950674 6.019481 6.967264 7.97815 8.94034",
        "3, 2, false, 0.955618 1.96896 2.964263 4.000366 4.970684 6.014204 6.967264 7.97815 8.94034",
        "2, 3, true, 0.967116 1.988922 2.962928 4.015036 4.95515 6.001418 6.965987 7.968588 8.9519",
        "3, 2, true, 0.96882 1.978333 2.9515 4.004811 4.970478 6.005978 6.965987 7.968588 8.9519"
    })
    void shouldStepAlongTheOrthogonalMomentum(int rows, int columns, boolean nesterov, String expected) {
        Muon muon = new Muon(recipe(nesterov), List.of(new Matrix(rows, columns), new Matrix(3, 1)));
        float[] values = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        float[] velocity = new float[9];

        for (float[] gradient : List.of(FIRST, SECOND)) {
            muon.step(values, velocity, gradient, 0.1);
        }

        assertThat(values).containsExactly(numbers(expected), Offset.offset(2e-6f));
    }

    private static float[] numbers(String words) {
        Scanner scanner = new Scanner(words).useLocale(Locale.ROOT);
        float[] numbers = new float[9];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = scanner.nextFloat();
        }
        return numbers;
    }

    /** The authors' iteration leaves singular values between 0.68 and 1.14 of those that are not tiny. */
    @Test
    void shouldMakeTheRowsOfALargeMatrixNearlyOrthonormal() {
        Matrix matrix = new Matrix(300, 700);
        SplittableRandom random = new SplittableRandom(1);
        float[] gradient = new float[matrix.size()];
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = (float) random.nextGaussian();
        }
        float[] values = new float[gradient.length];
        new Muon(recipe(false), List.of(matrix)).step(values, new float[gradient.length], gradient, 1);

        double scale = 0.2 * Math.sqrt(700);
        for (int row = 0; row < 300; row += 37) {
            for (int other = 0; other < 300; other += 23) {
                double product = 0;
                for (int i = 0; i < 700; i++) {
                    product += values[row * 700 + i] / scale * values[other * 700 + i] / scale;
                }
                assertThat(product).isCloseTo(row == other ? 0.85 : 0, Offset.offset(row == other ? 0.4 : 0.15));
            }
        }
    }

    @Test
    void shouldStandStillWithoutAGradient() {
        float[] values = {1, 2};
        new Muon(recipe(true), List.of(new Matrix(1, 2))).step(values, new float[2], new float[2], 0.1);

        assertThat(values).containsExactly(0.999f, 1.998f);
    }
}
