// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.model.CalibrationImages;
import org.junit.jupiter.api.Test;

class QuantizedModelTest {
    @Test
    void shouldRefuseImagesOfAnotherShapeToCalibrateWith() {
        ImageShape colour = new ImageShape(3, 32, 32);
        CalibrationImages images = CalibrationImages.of(List.of(ImageTensor.of(colour, new byte[colour.size()])));

        assertThatThrownBy(() -> QuantizedModel.make(Path.of("mnist-0.50"), null, images))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("the images to calibrate with are 3x32x32")
                .hasMessageContaining("takes 1x28x28");
    }
}
