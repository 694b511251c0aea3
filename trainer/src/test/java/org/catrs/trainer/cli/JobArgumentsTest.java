// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.TrainingJob;
import org.catrs.trainer.jobs.OrderedTraining;
import org.catrs.trainer.training.optimizer.OptimizerKind;
import org.catrs.trainer.training.recipe.InputNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobArgumentsTest {
    @Test
    void shouldReadHyperparametersAsTheTrainCommandWould() {
        OrderedTraining ordered = read("digits", Map.of("method", "cat-rs", "sigma", "0.5", "nesterov", "true"));

        assertThat(ordered.task().name()).isEqualTo("model");
        assertThat(ordered.task().recipe().sigma()).isEqualTo(0.5);
        assertThat(ordered.task().recipe().optimizer().nesterov()).isTrue();
        assertThat(ordered.task().dataset().name()).isEqualTo("digits/train");
        assertThat(ordered.heldOut().name()).isEqualTo("digits/test");
    }

    @Test
    void shouldBeginWithAPreset() {
        TrainingJob job =
                new TrainingJob("id", "model", "digits", "mnist/fast/sigma-1.00/cat-rs", Map.of("epochs", "0.1"));

        OrderedTraining ordered = JobArguments.read(job, null);

        assertThat(ordered.task().recipe().sigma()).isEqualTo(1);
        assertThat(ordered.task().recipe().epochs()).isEqualTo(0.1);
        assertThat(ordered.task().dataset().name()).isEqualTo("digits/train");
    }

    @ParameterizedTest
    @CsvSource({"optimizer, normalization", "optimiser, normalisation"})
    void shouldReadEitherSpelling(String optimizer, String normalization) {
        TrainingJob job = new TrainingJob(
                "id",
                "model",
                "digits",
                "mnist/fast/sigma-1.00/cat-rs",
                Map.of(optimizer, "sgd", normalization, "measured"));

        OrderedTraining ordered = JobArguments.read(job, null);

        assertThat(ordered.task().recipe().optimizer().kind()).isEqualTo(OptimizerKind.SGD);
        assertThat(ordered.task().recipe().normalization()).isEqualTo(InputNormalization.MEASURED);
    }

    @ParameterizedTest
    @CsvSource({
        "data, /etc",
        "'data=/etc', x",
        "init-from, /models/secret",
        "name, other",
        "preset, mnist/sigma-1.00/cat-rs",
        "out, /tmp",
        "config, x",
        "sigma, 0",
        "sigma, much",
        "method, magic",
        "epochs, -1",
        "no-such-option, 1"
    })
    void shouldRefuseWhatAJobCannotChoose(String option, String value) {
        Map<String, String> options = new HashMap<>(Map.of("method", "gaussian", "sigma", "0.5"));
        options.put(option, value);

        assertThatThrownBy(() -> read("digits", options)).isInstanceOf(InvalidDataException.class);
    }

    @ParameterizedTest
    @CsvSource({"../up", ".hidden", "a/b", "''"})
    void shouldRefuseAModelNameThatIsNoFileName(String model) {
        assertThatThrownBy(() -> JobArguments.read(
                        new TrainingJob("id", model.isEmpty() ? "a b" : model, "digits", null, Map.of()), null))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("cannot be the name of a file");
    }

    @Test
    void shouldSayWhatDataSetThereIsNone() {
        assertThatThrownBy(() -> read("imagenet", Map.of("method", "gaussian", "sigma", "0.5")))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("imagenet");
    }

    private static OrderedTraining read(String dataset, Map<String, String> hyperparameters) {
        return JobArguments.read(new TrainingJob("id", "model", dataset, null, hyperparameters), null);
    }
}
