// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.Sha256;
import org.catrs.schemas.image.ImageFiles;
import org.catrs.schemas.image.ImageLimits;
import org.catrs.tests.Checkout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds decoded images against the values that libpng and libjpeg give, by Pillow, over files of every kind. */
final class StoredPixelsTest {
    @TempDir
    Path folder;

    @Test
    void shouldReadTheValuesThatLibpngAndLibjpegRead() throws Exception {
        Path log = folder.resolve("log");
        Process corpus = new ProcessBuilder(
                        "/usr/bin/python3",
                        Checkout.ROOT.resolve("tests/image_corpus.py").toString(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(corpus.waitFor()).as(Files.readString(log)).isZero();
        List<String> expected = Files.readAllLines(folder.resolve("expected.tsv"));
        List<String> found = new ArrayList<>();
        for (String line : expected) {
            String[] fields = line.split("\t", -1);
            found.add(fields[0] + "\t" + (fields[1].equals("refused") ? refusal(fields) : values(fields[0])));
        }
        assertThat(found).hasSizeGreaterThan(400).isEqualTo(expected);
    }

    private String values(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve(name));
        try {
            var shape = ImageFiles.shape(bytes, name, ImageLimits.DEFAULT);
            byte[] values =
                    ImageFiles.read(bytes, name, shape, ImageLimits.DEFAULT).toByteArray();
            return (shape.channels() == 1 ? "gray" : "rgb") + "\t" + Sha256.of(values);
        } catch (InvalidDataException e) {
            return "refused: " + e.getMessage();
        }
    }

    /** The word that the refusal must have where it has it, otherwise what came out. */
    private String refusal(String[] fields) throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve(fields[0]));
        try {
            return "taken as " + ImageFiles.shape(bytes, "image", ImageLimits.DEFAULT);
        } catch (InvalidDataException e) {
            String message = String.valueOf(e.getMessage());
            return message.contains(fields[2]) ? "refused\t" + fields[2] : "refused: " + message;
        }
    }
}
