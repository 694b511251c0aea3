// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageFiles;
import org.catrs.schemas.image.ImageLimits;
import org.catrs.schemas.image.ImageShape;

/**
 * A folder with one folder of PNG and JPEG files for each class.
 *
 * <p>Classes and files are sorted by name. The first image gives the shape. Images are decoded when they are asked for,
 * so that a data set need not fit into memory; an image of another shape is found then.
 */
final class ImageFolder implements Dataset {
    private final Split split;
    private final ImageShape shape;
    private final List<String> classNames;
    private final List<Entry> entries;

    private ImageFolder(Split split, ImageShape shape, List<String> classNames, List<Entry> entries) {
        this.split = split;
        this.shape = shape;
        this.classNames = classNames;
        this.entries = entries;
    }

    /** Opens {@code DIR/train} or {@code DIR/test} where one of the two is there, and otherwise {@code DIR} itself. */
    static Dataset open(Split split, Path data) {
        Path root = splitFolder(split, data);
        List<Path> classFolders = list(root, Files::isDirectory);
        if (classFolders.isEmpty()) {
            throw new InvalidDataException(root + ": needs one folder of PNG or JPEG files for each class, found none");
        }
        List<Entry> entries = new ArrayList<>();
        for (int label = 0; label < classFolders.size(); label++) {
            List<Path> files = list(classFolders.get(label), ImageFolder::isImage);
            if (files.isEmpty()) {
                throw new InvalidDataException(
                        classFolders.get(label) + ": needs the PNG or JPEG files of a class, found none");
            }
            for (Path file : files) {
                entries.add(new Entry(file, label));
            }
        }
        ImageShape shape = ImageFiles.shape(entries.get(0).file(), ImageLimits.DEFAULT);
        return new ImageFolder(split, shape, names(classFolders), List.copyOf(entries));
    }

    @Override
    public String name() {
        return DatasetKind.FOLDER + "/" + split;
    }

    @Override
    public ImageShape shape() {
        return shape;
    }

    @Override
    public List<String> classNames() {
        return classNames;
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public LabelledImage get(int index) {
        Entry entry = entries.get(index);
        return new LabelledImage(ImageFiles.read(entry.file(), shape, ImageLimits.DEFAULT), entry.label());
    }

    private static Path splitFolder(Split split, Path data) {
        Path train = data.resolve(Split.TRAIN.toString());
        Path test = data.resolve(Split.TEST.toString());
        if (!Files.isDirectory(train) && !Files.isDirectory(test)) {
            return data;
        }
        if (Files.isDirectory(train) && Files.isDirectory(test)) {
            List<String> trained = names(list(train, Files::isDirectory));
            List<String> tested = names(list(test, Files::isDirectory));
            if (!trained.equals(tested)) {
                throw new InvalidDataException(
                        data + ": train and test need the same classes, found " + trained + " and " + tested);
            }
        }
        return data.resolve(split.toString());
    }

    private static List<Path> list(Path folder, Predicate<Path> wanted) {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.filter(path -> !path.getFileName().toString().startsWith("."))
                    .filter(wanted)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new InvalidDataException(
                    folder + ": needs to be a folder of images, one folder for each class; cannot be read: " + e, e);
        }
    }

    private static List<String> names(List<Path> paths) {
        return paths.stream().map(path -> path.getFileName().toString()).toList();
    }

    private static boolean isImage(Path path) {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".png") || name.endsWith(".jpg") || name.endsWith(".jpeg");
    }

    private record Entry(Path file, int label) {}
}
