// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long seconds = 1_000;

    @Test
    void shouldPrintALineEveryTenSeconds() {
        try (Progress progress = progress(new ProgressText("train", "images", 0, 1_000))) {
            for (int done = 10; done <= 300; done += 10) {
                seconds++;
                progress.update(done, "loss 0.5");
            }
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("""
                        train: 10% 100/1000 images, 10.0/s, 1:30 left  loss 0.5
                        train: 20% 200/1000 images, 10.0/s, 1:20 left  loss 0.5
                        train: 30% 300/1000 images, 10.0/s, 1:10 left  loss 0.5
                        train: 300/1000 images in 0:30, 10.0/s  loss 0.5
                        """);
    }

    @Test
    void shouldNotCountWhatAnEarlierRunDid() {
        try (Progress progress = progress(new ProgressText("evaluate", "images", 900, 10_000))) {
            seconds += 50;
            progress.update(1_000, "");
            seconds += 3_600;
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("""
                        evaluate: 10% 1000/10000 images, 2.0/s, 1:15:00 left
                        evaluate: 1000/10000 images in 1:00:50, 0.0/s
                        """);
    }

    @Test
    void shouldSayNothingOfTheTimeLeftBeforeAnythingIsDone() {
        ProgressText text = new ProgressText("train", "images", 5, 10);
        assertThat(text.line(5, 1_000_000_000, "")).isEqualTo("train: 50% 5/10 images, 0.0/s");
        assertThat(text.lastLine(5, 0, "")).isEqualTo("train: 5/10 images in 0:00, 0.0/s");
        assertThat(new ProgressText("train", "images", 0, 0).line(0, 1, "")).startsWith("train: 100% 0/0");
    }

    @Test
    void shouldFitTheBarIntoTheTerminal() {
        ProgressText text = new ProgressText("train", "images", 0, 200);
        assertThat(text.bar(50, 5_000_000_000L, "loss 0.5", 120))
                .isEqualTo("train  25% [=======                       ] 50/200 images, 10.0/s, 0:15 left  loss 0.5");
        assertThat(text.bar(50, 5_000_000_000L, "loss 0.5", 65))
                .isEqualTo("train  25% [==       ] 50/200 images, 10.0/s, 0:15 left  loss 0.5")
                .hasSize(65);
        assertThat(text.bar(50, 5_000_000_000L, "loss 0.5", 50)).isEqualTo("train  25% 10.0/s, 0:15 left  loss 0.5");
        assertThat(text.bar(50, 5_000_000_000L, "loss 0.5", 35)).isEqualTo("train 10.0/s, 0:15 left  loss 0.5");
        assertThat(text.bar(50, 5_000_000_000L, "loss 0.5", 30)).isEqualTo("train 10.0/s, 0:15 left  loss ");
        assertThat(text.bar(200, 5_000_000_000L, "", 80))
                .isEqualTo("train 100% [==============================] 200/200 images in 0:05, 40.0/s");
    }

    private Progress progress(ProgressText text) {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new Progress(text, stream, () -> seconds * 1_000_000_000, null);
    }
}
