// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.catrs.schemas.file.AtomicFiles;

/** A store in a folder of this machine, or of one that is mounted here. */
final class FileStore implements ModelStore {
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
        write(path, out -> Files.copy(content, out));
    }

    @Override
    public void write(String path, byte[] content) throws IOException {
        write(path, out -> out.write(content));
    }

    @Override
    public void delete(String path) throws IOException {
        AtomicFiles.delete(resolve(path));
    }

    private void write(String path, AtomicFiles.Content content) throws IOException {
        Path file = resolve(path);
        Files.createDirectories(file.resolveSibling(""));
        AtomicFiles.write(file, content);
    }

    private Path resolve(String path) {
        return folder.resolve(StorePath.require(path));
    }
}
