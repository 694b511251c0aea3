// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.catrs.schemas.InvalidDataException;
import org.catrs.trainer.method.hyperparameter.Hyperparameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MethodKindTest {
    @ParameterizedTest
    @CsvSource({
        "CAT_RS, noises, 0",
        "CAT_RS, noises, 1.5",
        "CAT_RS, lambda, -0.1",
        "CAT_RS, lambda, NaN",
        "CAT_RS, p0, -0.01",
        "CAT_RS, p0, 1.01",
        "CAT_RS, epsilon, 0",
        "CAT_RS, epsilon, Infinity",
        "CAT_RS, pgd-steps, 0",
        "CAT_RS, ablation, middle-only"
    })
    void shouldNameTheOptionThatIsOutOfItsRange(MethodKind kind, String name, String value) {
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> kind.create(Map.of(name, value), 1))
                .withMessageContaining("--" + name + " must be")
                .withMessageContaining("found " + value);
    }

    @ParameterizedTest
    @CsvSource({
        "CAT_RS, noises, 1, 1",
        "CAT_RS, lambda, 0, 0.0",
        "CAT_RS, p0, 1, 1.0",
        "CAT_RS, p0, 0, 0.0",
        "CAT_RS, epsilon, 1e-9, 1.0E-9",
        "CAT_RS, ablation, LOW-only, low-only"
    })
    void shouldTakeTheEndsOfItsRanges(MethodKind kind, String name, String value, String recorded) {
        assertThat(kind.create(Map.of(name, value), 1).hyperparameters()).containsEntry(name, recorded);
    }

    @ParameterizedTest
    @EnumSource
    void shouldRecordEveryHyperparameter(MethodKind kind) {
        String[] names =
                kind.hyperparameters().stream().map(Hyperparameter::name).toArray(String[]::new);

        assertThat(kind.create(Map.of(), 1).hyperparameters()).containsOnlyKeys(names);
    }

    @Test
    void shouldRefuseWhatAMethodDoesNotRead() {
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> MethodKind.GAUSSIAN.create(Map.of("p0", "0.5"), 1))
                .withMessage("--p0 is not an option of --method gaussian");
    }
}
