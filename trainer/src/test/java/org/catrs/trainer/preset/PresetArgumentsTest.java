// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.preset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PresetArgumentsTest {
    private static final String CAT_RS = "mnist/sigma-1.00/cat-rs";

    @Test
    void shouldWriteThePresetOutBeforeTheArguments() {
        List<String> expanded = PresetArguments.expand(List.of("--preset", CAT_RS, "--out", "model"));

        assertThat(expanded)
                .contains("--method=cat-rs", "--sigma=1.00", "--epochs=150", "--p0=0.2", "--loader-batch=256")
                .endsWith("--preset", CAT_RS, "--out", "model")
                .doesNotContain("--nesterov");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--lambda", "--lambda=2"})
    void shouldLeaveOutWhatIsOverridden(String option) {
        List<String> expanded = PresetArguments.expand(List.of("--preset=" + CAT_RS, option, "2"));

        assertThat(expanded).doesNotContain("--lambda=1.0").contains("--p0=0.2", option);
    }

    @Test
    void shouldKeepTheShareOfAWarmUpWhenTheEpochsAreOverridden() {
        List<String> preset = List.of("--preset", "mnist/sigma-0.50/smoothadv");

        assertThat(PresetArguments.expand(preset)).contains("--warm-up=10");
        assertThat(PresetArguments.expand(List.of("--preset", "mnist/sigma-0.50/smoothadv", "--epochs", "15")))
                .contains("--warm-up=1.0");
        assertThat(PresetArguments.expand(
                        List.of("--preset", "mnist/sigma-0.50/smoothadv", "--epochs=15", "--warm-up=3")))
                .doesNotContain("--warm-up=1.0");
    }

    @Test
    void shouldTakeEitherWayToSayTheImagesOfAStepForAnOverride() {
        assertThat(PresetArguments.expand(List.of("--preset", CAT_RS, "--batch", "32")))
                .doesNotContain("--loader-batch=256");
    }

    @Test
    void shouldWriteFlagsWithoutAValue() {
        assertThat(PresetArguments.expand(List.of("--preset", "mnist/fast/sigma-1.00/cat-rs")))
                .contains("--nesterov", "--schedule=one-cycle", "--batch=64");
    }

    @Test
    void shouldLetFlagsBeTurnedOff() {
        assertThat(PresetArguments.expand(List.of("--preset", "mnist/fast/sigma-1.00/cat-rs", "--no-nesterov")))
                .doesNotContain("--nesterov");
        assertThat(PresetArguments.expand(List.of("--preset", "cifar10/sigma-1.00/cat-rs", "--no-flip")))
                .doesNotContain("--flip");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--optimiser sgd", "--optimiser=sgd", "--optimizer sgd", "--optimizer=sgd"})
    void shouldLetEitherSpellingOverrideThePreset(String option) {
        List<String> arguments = new ArrayList<>(List.of("--preset", "mnist/fast/sigma-1.00/cat-rs"));
        arguments.addAll(List.of(option.split(" ")));

        assertThat(PresetArguments.expand(arguments))
                .doesNotContain("--optimizer=muon")
                .endsWith(option.replace("optimiser", "optimizer").split(" "));
    }

    @Test
    void shouldGiveOptionsTodaysSpellingAlsoWithoutAPreset() {
        assertThat(PresetArguments.expand(List.of("--normalisation", "none", "--name=--optimiser")))
                .containsExactly("--normalization", "none", "--name=--optimiser");
    }

    @Test
    void shouldLeaveWhatNamesNoPresetToTheParser() {
        assertThat(PresetArguments.expand(List.of("--preset", "magic"))).containsExactly("--preset", "magic");
        assertThat(PresetArguments.expand(List.of("--preset"))).containsExactly("--preset");
        assertThat(PresetArguments.expand(List.of())).isEmpty();
    }
}
