// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.dataset;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageFiles;
import org.catrs.schemas.image.ImageLimits;
import org.catrs.schemas.image.ImageShape;

/**
 * A folder, or a {@code .tar.gz} of one, with one folder of PNG and JPEG files for each class.
 *
 * <p>Classes and files are sorted by name. The first image gives the shape. Images are decoded when they are asked for,
 * so that a data set need not fit into memory; an image of another shape is found then.
 *
 * <p>Splits are the folders {@code train} and {@code test}, each with the classes' folders in it. Where there is neither,
 * a tenth of the images is the test split: those whose CRC-32 of {@code class/file}, in UTF-8, is divisible by ten. So an
 * image keeps its split when others are added.
 */
final class ImageFolder implements Dataset {
    private static final int HELD_OUT_OF = 10;

    private final String name;
    private final FileTree tree;
    private final ImageShape shape;
    private final List<String> classNames;
    private final List<Entry> entries;

    private ImageFolder(String name, FileTree tree, ImageShape shape, List<String> classNames, List<Entry> entries) {
        this.name = name;
        this.tree = tree;
        this.shape = shape;
        this.classNames = List.copyOf(classNames);
        this.entries = List.copyOf(entries);
    }

    static Dataset open(Split split, Path data) {
        return open(DatasetKind.FOLDER.toString(), split, tree(data));
    }

    /** The images of a folder, or of an archive of one. */
    static FileTree tree(Path data) {
        return TarTree.isArchive(data) ? TarTree.read(data, ImageFolder::isImage) : new DiskTree(data);
    }

    /** @param name of the data set, without its split */
    static Dataset open(String name, Split split, FileTree tree) {
        boolean apart = hasSplits(tree);
        String root = apart ? split.toString() : FileTree.ROOT;
        List<String> classNames = tree.folders(root);
        if (classNames.isEmpty()) {
            throw new InvalidDataException(
                    tree.describe(root) + ": needs one folder of PNG or JPEG files for each class, found none");
        }
        List<Entry> entries = new ArrayList<>();
        for (int label = 0; label < classNames.size(); label++) {
            for (String file : images(tree, FileTree.join(root, classNames.get(label)))) {
                if (apart || split == heldOut(classNames.get(label) + "/" + file)) {
                    entries.add(new Entry(FileTree.join(root, classNames.get(label) + "/" + file), label));
                }
            }
        }
        if (entries.isEmpty()) {
            throw new InvalidDataException(tree.describe(root) + ": has no image for the " + split
                    + " split; without folders train and test, a tenth of the images are for the test");
        }
        String first = entries.get(0).file();
        ImageShape shape = ImageFiles.shape(bytes(tree, first), tree.describe(first), ImageLimits.DEFAULT);
        return new ImageFolder(name + "/" + split, tree, shape, classNames, entries);
    }

    private static boolean hasSplits(FileTree tree) {
        List<String> folders = tree.folders(FileTree.ROOT);
        boolean train = folders.contains(Split.TRAIN.toString());
        boolean test = folders.contains(Split.TEST.toString());
        if (train && test) {
            List<String> trained = tree.folders(Split.TRAIN.toString());
            List<String> tested = tree.folders(Split.TEST.toString());
            if (!trained.equals(tested)) {
                throw new InvalidDataException(tree.describe(FileTree.ROOT)
                        + ": train and test need the same classes, found " + trained + " and " + tested);
            }
        }
        return train || test;
    }

    private static List<String> images(FileTree tree, String folder) {
        List<String> files =
                tree.files(folder).stream().filter(ImageFolder::isImage).toList();
        if (files.isEmpty()) {
            throw new InvalidDataException(
                    tree.describe(folder) + ": needs the PNG or JPEG files of a class, found none");
        }
        return files;
    }

    private static Split heldOut(String path) {
        CRC32 sum = new CRC32();
        sum.update(path.getBytes(StandardCharsets.UTF_8));
        return sum.getValue() % HELD_OUT_OF == 0 ? Split.TEST : Split.TRAIN;
    }

    /** Whether a file is named as PNG and JPEG files are. */
    static boolean isImage(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        return name.endsWith(".png") || isJpeg(name);
    }

    /** Whether a file is named as JPEG files are. */
    static boolean isJpeg(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        return name.endsWith(".jpg") || name.endsWith(".jpeg");
    }

    @Override
    public String name() {
        return name;
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
        byte[] bytes = bytes(tree, entry.file());
        return new LabelledImage(
                ImageFiles.read(bytes, tree.describe(entry.file()), shape, ImageLimits.DEFAULT), entry.label());
    }

    /** One byte more than is allowed, so that too large a file is found. */
    private static byte[] bytes(FileTree tree, String file) {
        return tree.read(file, ImageLimits.DEFAULT.maxBytes() + 1);
    }

    /** @param file path from the tree's root */
    private record Entry(String file, int label) {}
}
