// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.dataset.Dataset;
import org.catrs.schemas.dataset.Datasets;
import org.catrs.schemas.dataset.Split;
import org.catrs.schemas.image.ImageShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationImagesTest {
    @TempDir
    private Path folder;

    @Test
    void shouldSpreadOverTheDataSet() {
        Dataset digits = Datasets.digits(1, Split.TRAIN, 1000);

        CalibrationImages images = CalibrationImages.of(digits);

        assertThat(images.images()).hasSize(256);
        assertThat(images.images().get(1)).isEqualTo(digits.get(3).image());
        assertThat(images.images().get(255)).isEqualTo(digits.get(996).image());
    }

    @Test
    void shouldTakeAllOfASmallDataSet() {
        Dataset digits = Datasets.digits(1, Split.TRAIN, 3);

        assertThat(CalibrationImages.of(digits).images())
                .containsExactly(
                        digits.get(0).image(),
                        digits.get(1).image(),
                        digits.get(2).image());
    }

    @Test
    void shouldComeBackAsWritten() throws IOException {
        Dataset digits = Datasets.digits(1, Split.TRAIN, 5);
        CalibrationImages images = CalibrationImages.of(digits);
        Path file = Files.write(folder.resolve(CalibrationImages.FILE_NAME), images.toByteArray());

        CalibrationImages read = CalibrationImages.read(file, digits.shape());

        assertThat(read.images()).isEqualTo(images.images());
        assertThat(read.sha256()).isEqualTo(images.sha256());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 783, 785})
    void shouldRefuseWhatIsNoWholeNumberOfImages(int size) throws IOException {
        Path file = Files.write(folder.resolve("calibration.bin"), new byte[size]);

        assertThatThrownBy(() -> CalibrationImages.read(file, new ImageShape(1, 28, 28)))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("has " + size + " bytes; needed are images of 1x28x28");
    }

    @Test
    void shouldNameAMissingFile() {
        assertThatThrownBy(() -> CalibrationImages.read(folder.resolve("none.bin"), new ImageShape(1, 28, 28)))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("none.bin: is not there");
    }
}
