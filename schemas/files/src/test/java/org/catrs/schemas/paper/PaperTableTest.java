// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.catrs.schemas.InvalidDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaperTableTest {
    // Rows and columns counted in the printed tables.
    @ParameterizedTest
    @CsvSource({"1, 21, 11", "2, 21, 11", "3, 6, 8", "4, 19, 6", "5, 21, 10", "6, 5, 8", "7, 4, 8"})
    void shouldHaveTheRowsAndRadiiOfThePaper(int number, int rows, int radii) {
        PaperTable table = PaperTable.of(number);

        assertThat(table.rows()).hasSize(rows);
        assertThat(table.radii()).hasSize(radii).isSorted().startsWith(0.0);
        assertThat(table.rows())
                .allSatisfy(row -> assertThat(row.certifiedAccuracies()).hasSize(radii));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void shouldHaveAccuraciesThatFallWithTheRadius(int number) {
        assertThat(PaperTable.of(number).rows()).allSatisfy(row -> {
            assertThat(row.certifiedAccuracies()).allMatch(accuracy -> accuracy >= 0 && accuracy <= 100);
            assertThat(IntStream.range(1, row.certifiedAccuracies().size()))
                    .allMatch(radius -> row.certifiedAccuracies().get(radius)
                            <= row.certifiedAccuracies().get(radius - 1));
        });
    }

    /**
     * Where a table has all radii up to the largest possible one, its accuracies integrate to its ACR: the trapezoid
     * rule and the last radius (a little over 3.81 sigma at n = 100,000 and alpha = 0.001) bound how far they can be apart.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6, 7})
    void shouldHaveAnAcrThatFitsTheAccuracies(int number) {
        PaperTable table = PaperTable.of(number);

        assertThat(table.rows()).allSatisfy(row -> {
            double largest = 3.812 * Double.parseDouble(row.sigma());
            double below = 0;
            double above = 0;
            for (int radius = 0; radius < table.radii().size(); radius++) {
                boolean last = radius + 1 == table.radii().size();
                double end = Math.min(last ? largest : table.radii().get(radius + 1), largest);
                double width = Math.max(0, end - table.radii().get(radius));
                above += width * row.certifiedAccuracies().get(radius) / 100;
                below += last ? 0 : width * row.certifiedAccuracies().get(radius + 1) / 100;
            }
            assertThat(row.averageCertifiedRadius()).as(row.id()).isBetween(below - 0.001, above + 0.001);
        });
    }

    @Test
    void shouldNameEachRowOnce() {
        IntStream.rangeClosed(1, 7)
                .mapToObj(PaperTable::of)
                .forEach(table ->
                        assertThat(table.rows()).extracting(PaperRow::id).doesNotHaveDuplicates());
    }

    @Test
    void shouldSayWhichTablesThereAre() {
        assertThatThrownBy(() -> PaperTable.of(8))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("1 to 7")
                .hasMessageContaining("found 8");
    }
}
