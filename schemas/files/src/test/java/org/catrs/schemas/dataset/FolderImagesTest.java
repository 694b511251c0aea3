// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderImagesTest {
    @Test
    void shouldPassOverHiddenFilesAndFolders(@TempDir Path folder) throws IOException {
        Path images = folder.resolve(".hidden/images");
        for (String name : new String[] {"b/a.png", "a.JPG", "._a.jpg", ".trash/c.png", "b/.c.jpeg", "text.txt"}) {
            Path file = images.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, new byte[] {1});
        }
        FolderImages found = new FolderImages(images);
        assertThat(found.size()).isEqualTo(2);
        assertThat(found.get(0).key()).isEqualTo("a.JPG");
        assertThat(found.get(1).key()).isEqualTo("b/a.png");
    }
}
