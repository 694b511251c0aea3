// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.catrs.trainer.architecture.Parameters;
import org.catrs.trainer.method.slice.LossNames;
import org.catrs.trainer.training.TrainingCourse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressNoteTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "  1 | low | high        | epoch 1/3, low 0.500, high 0.250, p_hat=1 75%",
                " 40 | low | high        | epoch 1/3, low 0.500, high 0.250, p_hat=1 75%",
                " 41 | low | high        | epoch 2/3, low 0.500, high 0.250, p_hat=1 75%",
                "100 | ''  | adversarial | epoch 3/3, adversarial 0.250, p_hat=1 75%",
                "100 | loss | ''         | epoch 3/3, loss 0.500, p_hat=1 75%"
            })
    void shouldTellEpochLossesAndConfidence(long step, String base, String robust, String expected) {
        Parameters none = new Parameters(List.of(), new float[0]);
        TrainingCourse course = new TrainingCourse(100, 4, 2.5, new LossNames(base, robust), none);

        assertThat(ProgressNote.note(step, course, 0.5, 0.25, 0.75)).isEqualTo(expected);
    }
}
