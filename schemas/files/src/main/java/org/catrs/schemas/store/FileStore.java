// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** A store in a folder of this machine, or of one that is mounted here. */
final class FileStore implements ModelStore {
    private static final String UNFINISHED = ".part";

    private final Path folder;

    FileStore(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public URI uri(String path) {
        // Path.toUri() ends with a slash only where the folder exists.
        String uri = resolve(path).toUri().toString();
        return URI.create(path.endsWith("/") && !uri.endsWith("/") ? uri + "/" : uri);
    }

    @Override
    public InputStream read(String path, long mostBytes) throws IOException {
        Path file = resolve(path);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            LimitedStream.check(file.toString(), channel.size(), mostBytes);
            return new LimitedStream(Channels.newInputStream(channel), file.toString(), mostBytes);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void write(String path, Path content) throws IOException {
        replace(resolve(path), channel -> {
            try (FileChannel source = FileChannel.open(content, StandardOpenOption.READ)) {
                for (long position = 0; position < source.size(); ) {
                    position += source.transferTo(position, source.size() - position, channel);
                }
            }
        });
    }

    @Override
    public void write(String path, byte[] content) throws IOException {
        replace(resolve(path), channel -> {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        });
    }

    @Override
    public void delete(String path) throws IOException {
        Path file = resolve(path);
        Files.deleteIfExists(file);
        deleteUnfinished(file);
    }

    /** Writes to a file of its own name first, because two processes may write the same file. */
    private static void replace(Path file, Content content) throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        Path part = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + UNFINISHED);
        try {
            try (FileChannel channel =
                    FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.writeTo(channel);
                channel.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
        deleteUnfinished(file);
    }

    /** Deletes what killed processes left of a file. */
    private static void deleteUnfinished(Path file) throws IOException {
        Path folder = file.resolveSibling("");
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> parts =
                Files.newDirectoryStream(folder, "." + file.getFileName() + ".*" + UNFINISHED)) {
            for (Path part : parts) {
                Files.deleteIfExists(part);
            }
        }
    }

    private Path resolve(String path) {
        return folder.resolve(StorePath.require(path));
    }

    /** Content of a file to be. */
    private interface Content {
        void writeTo(FileChannel channel) throws IOException;
    }
}
