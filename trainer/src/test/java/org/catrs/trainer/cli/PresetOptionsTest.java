// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.catrs.trainer.method.TrainingMethod;
import org.catrs.trainer.preset.Preset;
import org.catrs.trainer.preset.PresetArguments;
import org.catrs.trainer.training.recipe.TrainingRecipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class PresetOptionsTest {
    static Stream<String> presets() {
        return Preset.names().stream();
    }

    @Command(modelTransformer = MethodOptions.class)
    private static final class Options {
        @Mixin
        private TrainOptions train = new TrainOptions();
    }

    private static TrainingRecipe recipe(String... arguments) {
        Options options = new Options();
        CommandLine line = new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true);
        line.parseArgs(PresetArguments.expand(List.of(arguments)).toArray(String[]::new));
        TrainingMethod method = options.train.method(line.getParseResult());
        return options.train.recipe(method);
    }

    @ParameterizedTest
    @MethodSource("presets")
    void shouldMakeARecipeOfEveryPreset(String name) {
        TrainingRecipe recipe = recipe("--preset", name);

        assertThat(name)
                .endsWith("/" + recipe.method())
                .contains(String.format(Locale.ROOT, "sigma-%.2f", recipe.sigma()));
        Preset.named(name).options().forEach((option, value) -> {
            if (recipe.hyperparameters().containsKey(option) && !value.matches("[0-9.e-]+")) {
                assertThat(recipe.hyperparameters()).containsEntry(option, value);
            } else if (recipe.hyperparameters().containsKey(option)) {
                assertThat(Double.parseDouble(recipe.hyperparameters().get(option)))
                        .isEqualTo(Double.parseDouble(value));
            }
        });
        assertThat(recipe.hyperparameters()).containsEntry("preset", name);
    }

    @Test
    void shouldCutTheLoadersBatchIntoAStepForEachNoise() {
        assertThat(recipe("--preset", "mnist/sigma-0.50/gaussian").batch()).isEqualTo(256);
        assertThat(recipe("--preset", "mnist/sigma-0.50/cat-rs").batch()).isEqualTo(64);
        assertThat(recipe("--preset", "mnist/sigma-0.50/cat-rs", "--noises", "8")
                        .batch())
                .isEqualTo(32);
        assertThat(recipe("--preset", "mnist/sigma-0.50/macer").batch()).isEqualTo(256);
        assertThat(recipe("--preset", "mnist/fast/sigma-0.50/cat-rs").batch()).isEqualTo(64);
    }

    @Test
    void shouldScaleWarmUpsWithTheEpochs() {
        assertThat(recipe("--dataset", "digits", "--method", "smoothadv", "--sigma", "1", "--epochs", "15")
                        .hyperparameters())
                .containsEntry("warm-up", "1.0");
        assertThat(recipe("--preset", "cifar10/sigma-1.00/macer", "--epochs", "3")
                        .hyperparameters())
                .containsEntry("delay", "1.0");
    }

    @Test
    void shouldListThePresetsWhenThereIsNoneOfAName() {
        StringWriter err = new StringWriter();

        int code = new CommandLine(new TrainCommand())
                .setErr(new PrintWriter(err, true))
                .execute("--preset", "magic", "--out", "model");

        assertThat(code).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("there is no preset magic; their names are DATASET/sigma-SIGMA/METHOD");
    }
}
