// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli.options;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.catrs.schemas.dataset.FolderImages;
import org.catrs.schemas.dataset.OutgoingImage;
import org.catrs.schemas.image.ImageFiles;
import org.catrs.schemas.image.ImageLimits;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.model.CalibrationImages;
import org.jspecify.annotations.Nullable;

/**
 * Some images of the kind that a model is for.
 *
 * @param images at most {@link CalibrationImages#MOST}
 * @param labels of them, from 0, in the order of their folders' names; empty where these cannot be the classes'
 */
public record ExampleImages(List<ImageTensor> images, List<Integer> labels) {
    /**
     * Reads images, evenly spread over all that there are.
     *
     * @param paths image files, and folders of them
     * @param classes number of classes of the network
     * @throws org.catrs.schemas.InvalidDataException when one cannot be read, or is of another shape
     */
    public static ExampleImages read(List<Path> paths, ImageShape shape, int classes) {
        List<Source> sources = new ArrayList<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                FolderImages folder = new FolderImages(path);
                IntStream.range(0, folder.size()).forEach(index -> sources.add(new Source(path, folder, index)));
            } else {
                sources.add(new Source(path, null, 0));
            }
        }
        int count = Math.min(CalibrationImages.MOST, sources.size());
        List<ImageTensor> images = new ArrayList<>();
        List<String> folders = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sources.get((int) ((long) i * sources.size() / count)).read(shape, images, folders);
        }
        List<String> names = List.copyOf(new TreeSet<>(folders));
        boolean areClasses = names.size() == classes && !names.contains("");
        return new ExampleImages(
                List.copyOf(images),
                areClasses ? folders.stream().map(names::indexOf).toList() : List.of());
    }

    /** @param folder null for a file */
    private record Source(Path path, @Nullable FolderImages folder, int index) {
        void read(ImageShape shape, List<ImageTensor> images, List<String> folders) {
            if (folder == null) {
                images.add(ImageFiles.read(path, shape, ImageLimits.DEFAULT));
                folders.add("");
                return;
            }
            OutgoingImage image = folder.get(index);
            byte[] bytes = new byte[image.value().remaining()];
            image.value().duplicate().get(bytes);
            images.add(ImageFiles.read(bytes, path.resolve(image.key()).toString(), shape, ImageLimits.DEFAULT));
            String[] parts = image.key().split("/", -1);
            folders.add(parts.length > 1 ? parts[parts.length - 2] : "");
        }
    }
}
