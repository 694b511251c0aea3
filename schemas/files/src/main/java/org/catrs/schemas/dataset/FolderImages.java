// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageEncoding;

/**
 * The PNG and JPEG files of a folder and the folders in it, byte for byte, in the order of their names; the key is the
 * path below the folder. Hidden files, and those in hidden folders, are passed over.
 */
public final class FolderImages implements ImageSource {
    private final Path folder;
    private final List<Path> files;

    /** @throws InvalidDataException when the folder cannot be read, or holds no such file */
    public FolderImages(Path folder) {
        this.folder = folder;
        try (Stream<Path> all = Files.walk(folder)) {
            this.files = all.filter(file -> isImage(file) && !isHidden(file) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw InvalidDataException.unreadable(folder, e);
        }
        if (files.isEmpty()) {
            throw new InvalidDataException(folder + " holds no file whose name ends with .png, .jpg or .jpeg");
        }
    }

    @Override
    public int size() {
        return files.size();
    }

    @Override
    public OutgoingImage get(int index) {
        Path file = files.get(index);
        try {
            byte[] value = Files.readAllBytes(file);
            String key = folder.relativize(file).toString().replace('\\', '/');
            return new OutgoingImage(key, ByteBuffer.wrap(value), encoding(file, value), null);
        } catch (IOException e) {
            throw InvalidDataException.unreadable(file, e);
        }
    }

    /** As previews and the remains of interrupted copies are, or what lies in a hidden folder. */
    private boolean isHidden(Path file) {
        for (Path part : folder.relativize(file)) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isImage(Path file) {
        String name = name(file);
        return name.endsWith(".png") || name.endsWith(".jpg") || name.endsWith(".jpeg");
    }

    /** What the first bytes say; a file whose bytes say nothing is sent by its name, and the certifier tells the rest. */
    private static ImageEncoding encoding(Path file, byte[] value) {
        return ImageEncoding.ofSignature(value)
                .orElse(name(file).endsWith(".png") ? ImageEncoding.PNG : ImageEncoding.JPEG);
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    }
}
