// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.catrs.certifier.smoothing.Certificate;
import org.catrs.certifier.stream.outcome.ExactCertificate;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.junit.jupiter.api.Test;

class CertificatePictureTest {
    @Test
    void shouldNeverShowARadiusAboveTheTruth() {
        assertThat(ExactCertificate.all()).allSatisfy(exact -> {
            String title = CertificatePicture.titleOf((Certificate.Certified) exact.certificate(), "1");

            assertThat(title).startsWith("Certified: 1, within radius ");
            assertThat(new BigDecimal(title.substring(title.lastIndexOf(' ') + 1)))
                    .isLessThanOrEqualTo(exact.radius());
        });
    }

    @Test
    void shouldShowGrayAsGrayAndColoursAsColours() {
        ImageTensor gray = ImageTensor.of(new ImageShape(1, 1, 2), new byte[] {0, (byte) 200});
        ImageTensor colour = ImageTensor.of(new ImageShape(3, 1, 1), new byte[] {1, 2, 3});

        assertThat(PixelPicture.of(gray).getRGB(1, 0)).isEqualTo(0xFFC8C8C8);
        assertThat(PixelPicture.of(colour).getRGB(0, 0)).isEqualTo(0xFF010203);
    }

    @Test
    void shouldEnlargeADifferenceAndCutOffWhatNoPixelHas() {
        ImageTensor from = ImageTensor.of(new ImageShape(1, 1, 3), new byte[] {10, 10, 10});
        ImageTensor to = ImageTensor.of(new ImageShape(1, 1, 3), new byte[] {10, 12, (byte) 250});

        assertThat(PixelPicture.ofDifference(to, from, 4).getRGB(0, 0)).isEqualTo(0xFF808080);
        assertThat(PixelPicture.ofDifference(to, from, 4).getRGB(1, 0)).isEqualTo(0xFF888888);
        assertThat(PixelPicture.ofDifference(to, from, 4).getRGB(2, 0)).isEqualTo(0xFFFFFFFF);
    }
}
