// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.signature;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catrs.schemas.InvalidDataException;

/** Files with one block of PEM text (RFC 7468). */
final class PemFile {
    private static final long LARGEST_BYTES = 1 << 16;
    private static final int LINE_CHARACTERS = 64;
    private static final Pattern ANY = Pattern.compile("-----BEGIN [^-\r\n]+-----");

    private PemFile() {}

    /**
     * The content of a file's first block.
     *
     * @param label what stands after BEGIN
     * @throws InvalidDataException when the file cannot be read or has no such block
     */
    static byte[] read(Path file, String label) {
        String text = text(file);
        Matcher block = Pattern.compile("-----BEGIN " + label + "-----(.*?)-----END " + label + "-----", Pattern.DOTALL)
                .matcher(text);
        if (!block.find()) {
            Matcher other = ANY.matcher(text);
            throw new InvalidDataException(
                    file + ": has no block '-----BEGIN " + label + "-----'"
                            + (other.find() ? ", but '" + other.group() + "'" : "")
                            + "; 'openssl genpkey -algorithm ed25519' makes a private key, 'openssl pkey -pubout' its public one");
        }
        try {
            return Base64.getMimeDecoder().decode(block.group(1));
        } catch (IllegalArgumentException e) {
            throw new InvalidDataException(file + ": is damaged: " + e.getMessage(), e);
        }
    }

    /**
     * Writes a new file of one block.
     *
     * @param permissions who may read and write it, such as {@code rw-------}, where the file system knows of that
     * @throws InvalidDataException when there is a file already, or none can be written
     */
    static void create(Path file, String label, byte[] content, String permissions) {
        byte[] text = block(label, content).getBytes(StandardCharsets.US_ASCII);
        FileAttribute<?>[] attributes =
                file.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                        }
                        : new FileAttribute<?>[0];
        Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (SeekableByteChannel channel = Files.newByteChannel(file, options, attributes)) {
            ByteBuffer rest = ByteBuffer.wrap(text);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        } catch (FileAlreadyExistsException e) {
            throw new InvalidDataException(file + ": is there already, and a key is never overwritten", e);
        } catch (NoSuchFileException e) {
            throw new InvalidDataException(file + ": its folder is not there", e);
        } catch (IOException e) {
            throw new InvalidDataException(file + ": cannot be written: " + e, e);
        }
    }

    /** A block of PEM text, with a newline at the end. */
    static String block(String label, byte[] content) {
        String body = Base64.getMimeEncoder(LINE_CHARACTERS, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > LARGEST_BYTES) {
                throw new InvalidDataException(file + ": is too large for a key");
            }
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw InvalidDataException.unreadable(file, e);
        }
    }
}
