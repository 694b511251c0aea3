// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ImageTensorTest {
    private static final ImageShape SHAPE = new ImageShape(1, 1, 2);

    @Test
    void shouldReadValuesAsUnsigned() {
        assertThat(ImageTensor.of(SHAPE, new byte[] {0, -1}).value(1)).isEqualTo(255);
    }

    @Test
    void shouldNotChangeWithTheArraysAroundIt() {
        byte[] values = {1, 2};
        ImageTensor image = ImageTensor.of(SHAPE, values);
        values[0] = 9;
        image.toByteArray()[1] = 9;
        assertThat(image.toByteArray()).containsExactly(1, 2);
    }

    @Test
    void shouldBeEqualByShapeAndValues() {
        ImageTensor image = ImageTensor.of(SHAPE, new byte[] {1, 2});
        assertThat(image)
                .isEqualTo(ImageTensor.of(SHAPE, new byte[] {1, 2}))
                .hasSameHashCodeAs(ImageTensor.of(SHAPE, new byte[] {1, 2}));
        assertThat(image).isNotEqualTo(ImageTensor.of(SHAPE, new byte[] {1, 3}));
        assertThat(image).isNotEqualTo(ImageTensor.of(new ImageShape(1, 2, 1), new byte[] {1, 2}));
        assertThat(image).hasToString("ImageTensor[1x1x2]");
    }

    @Test
    void shouldRefuseShapesAndValuesThatDoNotFit() {
        assertThatThrownBy(() -> ImageTensor.of(SHAPE, new byte[3])).hasMessageContaining("has 2 values, found 3");
        assertThatThrownBy(() -> new ImageShape(0, 1, 1)).hasMessageContaining("positive dimensions");
        assertThatThrownBy(() -> new ImageShape(3, 1 << 15, 1 << 15)).hasMessageContaining("2^31");
        assertThat(new ImageShape(3, 32, 32).size()).isEqualTo(3_072);
        assertThatThrownBy(() -> new ImageLimits(0, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
