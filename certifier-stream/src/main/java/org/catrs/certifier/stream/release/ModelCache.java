// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.release;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.catrs.program.service.WritableFolder;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.Sha256;
import org.catrs.schemas.file.AtomicFiles;
import org.catrs.schemas.file.UnfinishedFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of this machine with what was fetched, by hash. Whoever reads from it checks what was read, so that several
 * instances may share it and nobody needs to trust it.
 */
final class ModelCache {
    private static final Logger LOG = LoggerFactory.getLogger(ModelCache.class);

    private static final String SETTING = "models.cache";
    private static final int PIECE_BYTES = 1 << 16;

    private final Path folder;
    private final long mostBytes;

    private ModelCache(Path folder, long mostBytes) {
        this.folder = folder;
        this.mostBytes = mostBytes;
    }

    /**
     * Opens a cache.
     *
     * @param folder made if missing
     * @param mostBytes how much is kept beside what is in use
     * @throws InvalidDataException when the folder cannot be used
     */
    static ModelCache open(Path folder, long mostBytes) {
        WritableFolder.require(folder, SETTING);
        try {
            AtomicFiles.deleteLeftovers(folder);
            return new ModelCache(folder, mostBytes);
        } catch (IOException | UncheckedIOException e) {
            throw new InvalidDataException(folder + ": cannot be used as a cache of models: " + e, e);
        }
    }

    /**
     * A file's content; empty when it is not here.
     *
     * @throws UnusableCacheException when it is, and cannot be read
     */
    Optional<byte[]> read(String name) throws UnusableCacheException {
        Path file = folder.resolve(name);
        try {
            byte[] content = Files.readAllBytes(file);
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            return Optional.of(content);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UnusableCacheException(file + " (" + SETTING + ") cannot be read: " + e, e);
        }
    }

    /**
     * Keeps what is read from a stream, if it has the right hash.
     *
     * @return the hash of what was read; it is kept where that is the expected one
     * @throws UnusableCacheException when the folder, which is made again if it vanished, cannot be written to
     * @throws IOException when the stream cannot be read
     */
    String write(String name, InputStream in, String expectedSha256) throws IOException {
        MessageDigest digest = Sha256.digest();
        try (UnfinishedFile unfinished = begin(name)) {
            byte[] piece = new byte[PIECE_BYTES];
            for (int bytes = in.read(piece); bytes >= 0; bytes = in.read(piece)) {
                digest.update(piece, 0, bytes);
                keep(unfinished, piece, bytes);
            }
            String sha256 = Sha256.hex(digest.digest());
            if (sha256.equals(expectedSha256)) {
                finish(unfinished);
            }
            return sha256;
        }
    }

    private UnfinishedFile begin(String name) throws UnusableCacheException {
        try {
            Files.createDirectories(folder);
            return UnfinishedFile.of(folder.resolve(name));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private void keep(UnfinishedFile unfinished, byte[] piece, int bytes) throws UnusableCacheException {
        try {
            unfinished.stream().write(piece, 0, bytes);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private void finish(UnfinishedFile unfinished) throws UnusableCacheException {
        try {
            unfinished.finish();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private UnusableCacheException unusable(IOException failure) {
        return new UnusableCacheException(WritableFolder.problem(folder, SETTING, failure), failure);
    }

    void delete(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
    }

    /** Deletes what was not used for longest, until what is left beside the files in use is small enough. */
    void evict(Set<String> inUse) throws IOException {
        List<CachedFile> others = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (Files.isRegularFile(file)
                        && !inUse.contains(file.getFileName().toString())
                        && !AtomicFiles.isUnfinished(file)) {
                    others.add(CachedFile.of(file));
                }
            }
        }
        others.sort(Comparator.comparing(CachedFile::used));
        long bytes = others.stream().mapToLong(CachedFile::bytes).sum();
        for (CachedFile oldest : others) {
            if (bytes <= mostBytes) {
                return;
            }
            Files.deleteIfExists(oldest.path());
            bytes -= oldest.bytes();
            LOG.info("deleted {} from the cache of models, which is full", oldest.path());
        }
    }

    private record CachedFile(Path path, long bytes, FileTime used) {
        /** Another instance may delete it in this moment. */
        static CachedFile of(Path path) throws IOException {
            try {
                return new CachedFile(path, Files.size(path), Files.getLastModifiedTime(path));
            } catch (NoSuchFileException e) {
                return new CachedFile(path, 0, FileTime.fromMillis(0));
            }
        }
    }
}
