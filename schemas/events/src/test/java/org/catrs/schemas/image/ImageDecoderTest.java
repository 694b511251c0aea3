// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.catrs.schemas.image.ImageDecodingException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageDecoderTest {
    private static final ImageShape GRAY = new ImageShape(1, 2, 3);
    private static final ImageShape RGB = new ImageShape(3, 2, 3);
    private static final byte[] RAMP = {0, 1, 50, (byte) 128, (byte) 200, (byte) 255};

    @Test
    void shouldReadTheStoredValuesOfGrayPng() throws Exception {
        assertThat(decode(GRAY, png(gray(BufferedImage.TYPE_BYTE_GRAY)))).isEqualTo(ImageTensor.of(GRAY, RAMP));
    }

    @Test
    void shouldRepeatGrayForEachColour() throws Exception {
        ImageTensor image = decode(RGB, png(gray(BufferedImage.TYPE_BYTE_GRAY)));
        assertThat(image.toByteArray()).startsWith(RAMP).endsWith(RAMP).hasSize(18);
    }

    @Test
    void shouldTakeRgbAsGrayWhereAllColoursAreEqual() throws Exception {
        assertThat(decode(GRAY, png(gray(BufferedImage.TYPE_INT_RGB)))).isEqualTo(ImageTensor.of(GRAY, RAMP));
    }

    @Test
    void shouldOrderColoursAsPlanes() throws Exception {
        BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_3BYTE_BGR);
        image.setRGB(2, 1, 0x102030);
        ImageTensor tensor = decode(RGB, png(image));
        assertThat(new int[] {tensor.value(5), tensor.value(11), tensor.value(17)})
                .containsExactly(0x10, 0x20, 0x30);
    }

    @Test
    void shouldRefuseColourWhereGrayIsNeeded() throws Exception {
        BufferedImage image = gray(BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 0x010000);
        assertThat(refusal(GRAY, png(image), ImageEncoding.PNG))
                .hasMessageContaining("needs 1 channel (gray), found 3 (colour)")
                .extracting(ImageDecodingException::reason)
                .isEqualTo(Reason.WRONG_CHANNELS);
    }

    @Test
    void shouldAcceptAnAlphaChannelOnlyWhenOpaque() throws Exception {
        BufferedImage image = gray(BufferedImage.TYPE_INT_ARGB);
        assertThat(decode(GRAY, png(image))).isEqualTo(ImageTensor.of(GRAY, RAMP));
        image.setRGB(1, 1, 0xFE000000);
        assertThat(refusal(GRAY, png(image), ImageEncoding.PNG))
                .hasMessageContaining("opaque")
                .extracting(ImageDecodingException::reason)
                .isEqualTo(Reason.WRONG_CHANNELS);
    }

    // Made with Pillow: Image.frombytes("LA", (3, 2), bytes([0,255,1,255,50,255,128,255,200,255,255,255])).save(f,
    // "PNG")
    @Test
    void shouldReadGrayWithAlpha() throws Exception {
        byte[] png = Base64.getDecoder()
                .decode(
                        "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAQAAAA3fa6RAAAAFklEQVR4nGNk+M/IYMjA0PD/xP///wEe6QZ36Dv0XAAAAABJRU5ErkJggg==");
        assertThat(decode(GRAY, png)).isEqualTo(ImageTensor.of(GRAY, RAMP));
    }

    @Test
    void shouldExpandPalettes() throws Exception {
        byte[] red = {10, 40};
        byte[] green = {20, 50};
        byte[] blue = {30, 60};
        IndexColorModel palette = new IndexColorModel(8, 2, red, green, blue);
        BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_INDEXED, palette);
        image.getRaster().setSample(0, 0, 0, 1);
        ImageTensor tensor = decode(RGB, png(image));
        assertThat(new int[] {tensor.value(0), tensor.value(6), tensor.value(12)})
                .containsExactly(40, 50, 60);
        assertThat(new int[] {tensor.value(1), tensor.value(7), tensor.value(13)})
                .containsExactly(10, 20, 30);
    }

    @Test
    void shouldExpandBlackAndWhiteToTheFullRange() throws Exception {
        BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_BINARY);
        image.setRGB(0, 0, 0xFFFFFF);
        assertThat(decode(GRAY, png(image)).toByteArray()).containsExactly(255, 0, 0, 0, 0, 0);
    }

    @Test
    void shouldRefuseSixteenBits() throws Exception {
        byte[] png = png(new BufferedImage(3, 2, BufferedImage.TYPE_USHORT_GRAY));
        assertThat(refusal(GRAY, png, ImageEncoding.PNG).reason()).isEqualTo(Reason.UNSUPPORTED);
    }

    @Test
    void shouldRefuseAnimatedPng() throws Exception {
        byte[] png = png(gray(BufferedImage.TYPE_BYTE_GRAY));
        int afterHeader = 8 + 25;
        byte[] animated = ByteBuffer.allocate(png.length + 20)
                .put(png, 0, afterHeader)
                .put(chunk("acTL", new byte[8]))
                .put(png, afterHeader, png.length - afterHeader)
                .array();
        assertThat(refusal(GRAY, animated, ImageEncoding.PNG).reason()).isEqualTo(Reason.UNSUPPORTED);
    }

    @Test
    void shouldReadJpegAsGrayAndAsRgb() throws Exception {
        BufferedImage flat = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
        flat.getRaster().setSamples(0, 0, 3, 2, 0, new int[] {100, 100, 100, 100, 100, 100});
        byte[] jpeg = encoded(flat, "jpeg");
        byte[] flatValues = {100, 100, 100, 100, 100, 100};
        assertThat(decoder(GRAY).decode(jpeg, ImageEncoding.JPEG)).isEqualTo(ImageTensor.of(GRAY, flatValues));
        assertThat(decoder(RGB).decode(jpeg, ImageEncoding.JPEG).value(17)).isEqualTo(100);
    }

    // Made with Pillow: Image.new("CMYK", (3, 2)).save(f, "JPEG", optimize=True)
    @Test
    void shouldRefuseCmykJpeg() {
        byte[] jpeg = Base64.getDecoder()
                .decode("/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwAIBgYHBgUIBwcHCQkICgwUDQwLCwwZEhMPFB0aHx4dGhwcICQuJyAiLCMcHC"
                        + "g3KSwwMTQ0NB8nOT04MjwuMzQy/8AAFAgAAgADBEMRAE0RAFkRAEsRAP/EABQAAQAAAAAAAAAAAAAAAAAAAAf/xAAU"
                        + "EAEAAAAAAAAAAAAAAAAAAAAA/9oADgRDAE0AWQBLAAA/AH8/n8/v/9k=");
        assertThat(refusal(RGB, jpeg, ImageEncoding.JPEG).reason()).isEqualTo(Reason.WRONG_CHANNELS);
    }

    @Test
    void shouldRefuseTruncatedJpegThoughItsDecoderFillsItUp() throws Exception {
        byte[] jpeg = encoded(new BufferedImage(200, 200, BufferedImage.TYPE_BYTE_GRAY), "jpeg");
        byte[] truncated = Arrays.copyOf(jpeg, jpeg.length - 20);
        ImageDecodingException refusal = refusal(new ImageShape(1, 200, 200), truncated, ImageEncoding.JPEG);
        assertThat(refusal.reason()).isEqualTo(Reason.CORRUPT);
    }

    @Test
    void shouldRefuseEveryTruncationOfAPng() throws Exception {
        byte[] png = png(gray(BufferedImage.TYPE_BYTE_GRAY));
        for (int length = 1; length < png.length; length++) {
            byte[] truncated = Arrays.copyOf(png, length);
            assertThat(refusal(GRAY, truncated, ImageEncoding.PNG).reason())
                    .as("%d of %d bytes", length, png.length)
                    .isEqualTo(Reason.CORRUPT);
        }
    }

    @Test
    void shouldRefuseEveryFlippedBitOfAPng() throws Exception {
        byte[] png = png(gray(BufferedImage.TYPE_BYTE_GRAY));
        for (int bit = 0; bit < 8 * png.length; bit++) {
            byte[] flipped = png.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(refusal(GRAY, flipped, ImageEncoding.PNG).reason())
                    .as("bit %d", bit)
                    .isEqualTo(Reason.CORRUPT);
        }
    }

    @Test
    void shouldRefuseAnotherEncodingThanSaid() throws Exception {
        byte[] png = png(gray(BufferedImage.TYPE_BYTE_GRAY));
        assertThat(refusal(GRAY, png, ImageEncoding.JPEG).reason()).isEqualTo(Reason.CORRUPT);
        assertThat(refusal(GRAY, png, ImageEncoding.TENSOR).reason()).isEqualTo(Reason.CORRUPT);
    }

    @Test
    void shouldRefuseAnotherSize() throws Exception {
        byte[] png = png(gray(BufferedImage.TYPE_BYTE_GRAY));
        assertThat(refusal(new ImageShape(1, 3, 2), png, ImageEncoding.PNG))
                .hasMessage("an image needs height x width 3 x 2, found 2 x 3")
                .extracting(ImageDecodingException::reason)
                .isEqualTo(Reason.WRONG_SIZE);
    }

    @Test
    void shouldRefuseNoBytesAndTooManyBytes() throws Exception {
        byte[] png = png(gray(BufferedImage.TYPE_BYTE_GRAY));
        ImageDecoder small = new ImageDecoder(GRAY, new ImageLimits(png.length - 1, 6));
        assertThat(catchThrowableOfType(ImageDecodingException.class, () -> small.decode(png, ImageEncoding.PNG))
                        .reason())
                .isEqualTo(Reason.TOO_MANY_BYTES);
        assertThat(refusal(GRAY, new byte[0], ImageEncoding.PNG).reason()).isEqualTo(Reason.EMPTY);
    }

    @Test
    void shouldRefuseAPixelBombByItsHeader() throws Exception {
        byte[] png = png(gray(BufferedImage.TYPE_BYTE_GRAY));
        ByteBuffer bomb = ByteBuffer.wrap(png);
        byte[] header = Arrays.copyOfRange(png, 16, 29);
        ByteBuffer.wrap(header).putInt(2_000_000_000).putInt(2_000_000_000);
        bomb.position(8).put(chunk("IHDR", header));
        assertThat(refusal(GRAY, png, ImageEncoding.PNG))
                .hasMessageContaining("2000000000 x 2000000000")
                .extracting(ImageDecodingException::reason)
                .isEqualTo(Reason.TOO_MANY_PIXELS);
    }

    @Test
    void shouldNotInflateTextOfAPalettePng() throws Exception {
        BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_INDEXED);
        byte[] png = png(image);
        byte[] text = chunk("zTXt", new byte[] {'a', 0, 0, 1, 2, 3});
        byte[] withText = ByteBuffer.allocate(png.length + text.length)
                .put(png, 0, 33)
                .put(text)
                .put(png, 33, png.length - 33)
                .array();
        assertThat(PngFile.read(withText).pixels()).isEqualTo(PngFile.read(png).pixels());
    }

    @ParameterizedTest
    @CsvSource({
        "image/png, PNG",
        "IMAGE/JPEG, JPEG",
        "image/png; name=x, PNG",
        "application/x-catrs-tensor, TENSOR",
    })
    void shouldKnowContentTypes(String contentType, ImageEncoding encoding) {
        assertThat(ImageEncoding.ofContentType(contentType)).contains(encoding);
    }

    @Test
    void shouldNotKnowOtherContentTypes() {
        assertThat(ImageEncoding.ofContentType("image/gif")).isEmpty();
        assertThat(ImageEncoding.ofContentType("")).isEmpty();
        assertThat(ImageEncoding.ofSignature("GIF89a".getBytes(StandardCharsets.US_ASCII)))
                .isEmpty();
    }

    private static ImageDecoder decoder(ImageShape shape) {
        return new ImageDecoder(shape, ImageLimits.DEFAULT);
    }

    private static ImageTensor decode(ImageShape shape, byte[] png) throws ImageDecodingException {
        return decoder(shape).decode(png, ImageEncoding.PNG);
    }

    private static ImageDecodingException refusal(ImageShape shape, byte[] bytes, ImageEncoding encoding) {
        return catchThrowableOfType(
                ImageDecodingException.class, () -> decoder(shape).decode(bytes, encoding));
    }

    private static BufferedImage gray(int type) {
        BufferedImage image = new BufferedImage(3, 2, type);
        for (int i = 0; i < RAMP.length; i++) {
            for (int band = 0; band < image.getRaster().getNumBands(); band++) {
                image.getRaster().setSample(i % 3, i / 3, band, band == 3 ? 255 : RAMP[i] & 0xFF);
            }
        }
        return image;
    }

    private static byte[] png(BufferedImage image) throws IOException {
        return encoded(image, "png");
    }

    private static byte[] encoded(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, out)).isTrue();
        return out.toByteArray();
    }

    private static byte[] chunk(String type, byte[] content) {
        ByteBuffer chunk = ByteBuffer.allocate(12 + content.length)
                .putInt(content.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(content);
        CRC32 crc = new CRC32();
        crc.update(chunk.array(), 4, 4 + content.length);
        return chunk.putInt((int) crc.getValue()).array();
    }
}
