// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.catrs.schemas.InvalidDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresetTest {
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

    /** Values of appendix B.2 and of section 4 of the paper. */
    @ParameterizedTest
    @CsvSource({
        "mnist/sigma-0.25/gaussian, epochs, 150",
        "mnist/sigma-0.25/gaussian, learning-rate, 0.01",
        "cifar10/sigma-0.50/gaussian, learning-rate, 0.1",
        "cifar10/sigma-1.00/gaussian, arch, resnet110",
        "mnist/sigma-1.00/stability, lambda, 2.0",
        "cifar10/sigma-0.50/stability, lambda, 2.0",
        "cifar10/sigma-1.00/stability, lambda, 1.0",
        "mnist/sigma-0.50/smoothadv, epsilon, 1.0",
        "mnist/sigma-0.50/smoothadv, noises, 4",
        "cifar10/sigma-0.25/smoothadv, pgd-steps, 10",
        "cifar10/sigma-0.25/smoothadv, noises, 4",
        "cifar10/sigma-0.50/smoothadv, epsilon, 2.0",
        "cifar10/sigma-1.00/smoothadv, noises, 2",
        "cifar10/sigma-1.00/smoothadv, warm-up, 10",
        "mnist/sigma-0.25/macer, lambda, 16.0",
        "mnist/sigma-1.00/macer, lambda, 6.0",
        "mnist/sigma-1.00/macer, delay, 0",
        "cifar10/sigma-0.25/macer, lambda, 12.0",
        "cifar10/sigma-0.50/macer, lambda, 4.0",
        "cifar10/sigma-1.00/macer, delay, 50",
        "mnist/sigma-0.25/consistency, lambda, 10.0",
        "mnist/sigma-0.50/consistency, lambda, 5.0",
        "cifar10/sigma-0.25/consistency, lambda, 20.0",
        "cifar10/sigma-1.00/consistency, eta, 0.5",
        "mnist/sigma-0.25/smoothmix, pgd-steps, 2",
        "mnist/sigma-1.00/smoothmix, pgd-steps, 8",
        "cifar10/sigma-0.25/smoothmix, step-length, 0.5",
        "cifar10/sigma-0.25/smoothmix, one-step, false",
        "cifar10/sigma-1.00/smoothmix, one-step, true",
        "mnist/sigma-1.00/cat-rs, lambda, 1.0",
        "mnist/sigma-1.00/cat-rs, p0, 0.2",
        "cifar10/sigma-0.25/cat-rs, p0, 0.05",
        "cifar10/sigma-0.50/cat-rs, lambda, 2.0",
        "cifar10/sigma-1.00/cat-rs, p0, 0.1"
    })
    void shouldSayWhatThePaperSays(String preset, String option, String value) {
        assertThat(Preset.named(preset).options()).containsEntry(option, value);
    }

    @Test
    void shouldListAllWhenThereIsNone() {
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> Preset.named("mnist/cat-rs"))
                .withMessageStartingWith("there is no preset mnist/cat-rs; choose one of mnist/sigma-0.25/gaussian,")
                .withMessageEndingWith(Preset.names().get(Preset.names().size() - 1));
    }
}
