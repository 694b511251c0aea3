// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of this machine for the work at one job, deleted when it is closed. Its owner holds a lock on a file in it, which
 * the operating system lets go of when the process ends, however it ends: so another one can tell what it left.
 */
final class JobFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobFolder.class);
    private static final String PREFIX = "catrs-job-";
    private static final String LOCK = "lock";
    private static final String WORK = "work";

    private final Path folder;
    private final FileChannel lock;

    private JobFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** Where the folders of this machine's trainers are. */
    static Path parent() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** Makes one below a folder. */
    static JobFolder create(Path parent) throws IOException {
        while (true) {
            Path folder = Files.createTempDirectory(parent, PREFIX);
            FileChannel channel =
                    FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            // Whoever deletes what others left may have come between.
            if (locks(channel) && Files.exists(folder.resolve(LOCK))) {
                Files.createDirectory(folder.resolve(WORK));
                return new JobFolder(folder, channel);
            }
            channel.close();
        }
    }

    /** Deletes those below a folder whose owners have ended without doing so. */
    static void deleteLeftovers(Path parent) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            folders.forEach(JobFolder::deleteLeftover);
        } catch (IOException e) {
            LOG.warn("what ended trainers left in {} was not looked for", parent, e);
        }
    }

    private static void deleteLeftover(Path folder) {
        try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE)) {
            if (locks(channel)) {
                delete(folder);
                LOG.info("{} was left by a trainer that ended, and is deleted", folder);
            }
        } catch (NoSuchFileException none) {
            LOG.debug("{} is no trainer's, or is being made", folder, none);
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("{} was left by a trainer that ended, and cannot be deleted", folder, e);
        }
    }

    private static boolean locks(FileChannel channel) throws IOException {
        try {
            FileLock held = channel.tryLock();
            return held != null;
        } catch (OverlappingFileLockException ofThisProcess) {
            return false;
        }
    }

    /** The folder, empty at first. */
    Path path() {
        return folder.resolve(WORK);
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            delete(folder);
        }
    }

    /** The lock goes last but for its folder: what is half deleted can be told to be left. */
    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder.resolve(WORK))) {
            try (Stream<Path> files = Files.walk(folder.resolve(WORK))) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.delete(folder.resolve(LOCK));
        Files.delete(folder);
    }
}
