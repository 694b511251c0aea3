// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.preset;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.catrs.schemas.InvalidDataException;
import org.catrs.trainer.method.MethodKind;
import org.catrs.trainer.method.hyperparameter.Hyperparameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PresetTest {
    private static final Set<String> COUNTED_IN_EPOCHS = Set.of("warm-up", "delay");

    @Test
    void shouldHaveAFileForEachNameAndNoOther() throws IOException {
        Path folder = Path.of("src/main/resources/org/catrs/trainer/preset");
        try (Stream<Path> files = Files.walk(folder)) {
            List<String> names = files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .toList();

            assertThat(names)
                    .containsExactlyInAnyOrderElementsOf(Preset.names().stream()
                            .map(name -> name + ".properties")
                            .toList());
        }
    }

    @ParameterizedTest
    @CsvFileSource(resources = "appendix-b2.tsv", delimiter = '\t', numLinesToSkip = 1)
    void shouldSayWhatThePaperSays(String preset, String options) {
        assertThat(Preset.named(preset).options()).containsAllEntriesOf(options(options));
    }

    /** Values of github.com/alinlab/smoothing-catrs. */
    @ParameterizedTest
    @CsvSource({
        "mnist/sigma-0.25, 1.0",
        "mnist/sigma-0.50, 1.0",
        "mnist/sigma-1.00, 1.0",
        "cifar10/sigma-0.25, 0.5",
        "cifar10/sigma-0.50, 1.0",
        "cifar10/sigma-1.00, 2.0"
    })
    void shouldSayWhatTheAuthorsLaterCodeDoes(String row, String lambda) {
        assertThat(Preset.named(row + "/cat-rs-kl").options())
                .containsAllEntriesOf(
                        options("noises=4 pgd-steps=4 epsilon=1.0 votes=10000 vote-sigma=0.25 lambda=" + lambda));
    }

    @ParameterizedTest
    @MethodSource("fastPresets")
    void shouldSetUpFastTrainingsAsTheOthers(String fast) {
        Map<String, String> others = Preset.named(fast.replace("fast/", "")).options();
        MethodKind kind =
                MethodKind.valueOf(others.get("method").toUpperCase(Locale.ROOT).replace('-', '_'));

        for (Hyperparameter<?> hyperparameter : kind.hyperparameters()) {
            String name = hyperparameter.name();
            if (!COUNTED_IN_EPOCHS.contains(name)) {
                assertThat(Preset.named(fast).options().get(name)).as(name).isEqualTo(others.get(name));
            }
        }
    }

    static Stream<String> fastPresets() {
        return Preset.names().stream().filter(name -> name.contains("/fast/"));
    }

    private static Map<String, String> options(String pairs) {
        return Arrays.stream(pairs.split(" "))
                .map(pair -> pair.split("="))
                .collect(toMap(pair -> pair[0], pair -> pair[1]));
    }

    @Test
    void shouldSayHowPresetsAreNamedWhenThereIsNone() {
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> Preset.named("mnist/cat-rs"))
                .withMessageStartingWith(
                        "there is no preset mnist/cat-rs; their names are DATASET/sigma-SIGMA/METHOD, with [mnist, cifar10,")
                .withMessageContaining("[0.25, 0.50, 1.00] and [gaussian,")
                .withMessageEndingWith("cat-rs-kl]");
    }
}
