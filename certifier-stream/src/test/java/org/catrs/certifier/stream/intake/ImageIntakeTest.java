// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.catrs.schemas.event.ImageOrigin;
import org.catrs.schemas.image.ImageLimits;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.image.RawTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageIntakeTest {
    private static final ImageShape SHAPE = new ImageShape(1, 4, 4);
    private static final ImageTensor IMAGE = ImageTensor.of(SHAPE, new byte[16]);

    private static final ImageOrigin ORIGIN = new ImageOrigin("images", 3, 42);

    private final ImageIntake intake = new ImageIntake(SHAPE, new ImageLimits(1_000, 100));

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "IMAGE/PNG", "image/png; charset=binary", " image/png "})
    void shouldDecodeByContentTypeWhateverItsCaseAndParameters(String contentType) throws IOException {
        assertThat(take(contentType(contentType), png(4, 4))).isEqualTo(IMAGE);
    }

    @Test
    void shouldDecodeRawTensors() {
        assertThat(take(contentType("application/x-catrs-tensor"), RawTensor.encode(IMAGE)))
                .isEqualTo(IMAGE);
    }

    @Test
    void shouldSayWhichContentTypesThereAreWhenThereIsNone() throws IOException {
        byte[] value = png(4, 4);
        assertThatThrownBy(() -> take(new RecordHeaders(), value))
                .isInstanceOfSatisfying(
                        RejectedImageException.class,
                        rejection -> assertThat(rejection.reason()).isEqualTo(RejectionReason.UNKNOWN_CONTENT_TYPE))
                .hasMessage("the header content-type is missing; it must be one of image/png, image/jpeg, "
                        + "application/x-catrs-tensor; the value begins as image/png does");
    }

    @Test
    void shouldRejectAContentTypeThatIsNoImage() throws IOException {
        assertThat(rejection(contentType("text/plain"), png(4, 4))).isEqualTo(RejectionReason.UNKNOWN_CONTENT_TYPE);
    }

    @Test
    void shouldRejectAnEmptyValueAndATombstone() {
        assertThat(rejection(contentType("image/png"), new byte[0])).isEqualTo(RejectionReason.EMPTY_VALUE);
        assertThat(rejection(contentType("image/png"), null)).isEqualTo(RejectionReason.EMPTY_VALUE);
    }

    @Test
    void shouldRejectMoreBytesThanTheLimit() {
        assertThat(rejection(contentType("image/png"), new byte[1_001])).isEqualTo(RejectionReason.TOO_MANY_BYTES);
    }

    @Test
    void shouldRejectMorePixelsThanTheLimit() throws IOException {
        assertThat(rejection(contentType("image/png"), png(11, 10))).isEqualTo(RejectionReason.TOO_MANY_PIXELS);
    }

    @Test
    void shouldRejectAnotherShapeThanTheModels() throws IOException {
        assertThat(rejection(contentType("image/png"), png(5, 4))).isEqualTo(RejectionReason.WRONG_SHAPE);
    }

    @Test
    void shouldRejectBytesThatAreNoImage() throws IOException {
        assertThat(rejection(contentType("image/jpeg"), png(4, 4))).isEqualTo(RejectionReason.CORRUPT_IMAGE);
        assertThat(rejection(contentType("image/png"), "hello".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(RejectionReason.CORRUPT_IMAGE);
    }

    @Test
    void shouldReadTheTrueLabel() {
        assertThat(TrueLabel.of(trueLabel("7"), 10)).isEqualTo(7);
        assertThat(TrueLabel.of(trueLabel(" 0 "), 10)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "-1", "seven", "", "99999999999"})
    void shouldLeaveOutATrueLabelThatIsNoClass(String value) {
        assertThat(TrueLabel.of(trueLabel(value), 10)).isNull();
    }

    @Test
    void shouldHaveNoTrueLabelWhereNoneIsSaid() {
        assertThat(TrueLabel.of(new RecordHeaders(), 10)).isNull();
    }

    private ImageTensor take(Headers headers, byte[] value) {
        return intake.take(IncomingImage.of(ORIGIN, headers, value));
    }

    private RejectionReason rejection(Headers headers, byte[] value) {
        return catchThrowableOfType(RejectedImageException.class, () -> take(headers, value))
                .reason();
    }

    private static Headers contentType(String value) {
        return new RecordHeaders().add("content-type", value.getBytes(StandardCharsets.UTF_8));
    }

    private static Headers trueLabel(String value) {
        return new RecordHeaders().add("true-label", value.getBytes(StandardCharsets.UTF_8));
    }

    /** A black image. */
    private static byte[] png(int width, int height) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY), "png", out);
        return out.toByteArray();
    }
}
