// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HexFormat;
import org.catrs.schemas.image.ImageDecodingException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RawTensorTest {
    private static final ImageShape SHAPE = new ImageShape(1, 2, 3);

    // Python: struct.pack(">4sBBHII", b"CATR", 1, 1, 1, 2, 3) + bytes([0, 1, 127, 128, 254, 255])
    private static final String FROM_PYTHON = "434154520101000100000002000000030001" + "7f80feff";

    private static final ImageTensor IMAGE =
            ImageTensor.of(SHAPE, new byte[] {0, 1, 127, (byte) 128, (byte) 254, (byte) 255});

    @Test
    void shouldReadWhatPythonPacks() throws Exception {
        assertThat(decoder(SHAPE).decode(HexFormat.of().parseHex(FROM_PYTHON), ImageEncoding.TENSOR))
                .isEqualTo(IMAGE);
    }

    @Test
    void shouldWriteWhatPythonPacks() {
        assertThat(RawTensor.encode(IMAGE)).asHexString().isEqualToIgnoringCase(FROM_PYTHON);
    }

    @ParameterizedTest
    @CsvSource({
        "43415452, CORRUPT, header of 16 bytes",
        "43415453010100010000000200000003, CORRUPT, do not begin as",
        "43415452020100010000000200000003000000000000, UNSUPPORTED, version 2",
        "43415452010200010000000200000003000000000000, UNSUPPORTED, dtype 2",
        "43415452010100010000000000000003, CORRUPT, positive dimensions",
        "4341545201010001000000020000000300000000, CORRUPT, 6 values",
        "4341545201010001000000020000000300000000000000, CORRUPT, found 7",
        "434154520101ffffffffffffffffffff, TOO_MANY_PIXELS, 4294967295 x 4294967295",
        "43415452010100010000000300000002000000000000, WRONG_SIZE, found 3 x 2",
        "43415452010100020000000200000003000000000000000000000000, WRONG_CHANNELS, found 2",
    })
    void shouldRefuseBytesThatAreNoTensor(String hex, Reason reason, String message) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThat(catchThrowableOfType(
                        ImageDecodingException.class, () -> decoder(SHAPE).decode(bytes, ImageEncoding.TENSOR)))
                .hasMessageContaining(message)
                .extracting(ImageDecodingException::reason)
                .isEqualTo(reason);
    }

    private static ImageDecoder decoder(ImageShape shape) {
        return new ImageDecoder(shape, ImageLimits.DEFAULT);
    }
}
