// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.signature.SigningKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a key. */
@Command(
        name = "new",
        description =
                "Makes an Ed25519 key, and prints its id and its public half, which is to be published. It is written as"
                        + " 'openssl genpkey -algorithm ed25519' writes one, and never over a file that is there.",
        mixinStandardHelpOptions = true)
final class KeysNewCommand implements Runnable {
    @Option(
            names = "--out",
            required = true,
            paramLabel = "F.pem",
            description = "new file for the private key, which its owner alone may read")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(
            names = "--public",
            paramLabel = "F.pem",
            description = "new file for the public key, to be published (default: it is only printed)")
    private @Nullable Path publicFile;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        if (publicFile != null && Files.exists(publicFile, LinkOption.NOFOLLOW_LINKS)) {
            throw new InvalidDataException(publicFile + ": is there already, and a key is never overwritten");
        }
        if (publicFile != null && !hasFolder(publicFile.toAbsolutePath().getParent())) {
            throw new InvalidDataException(publicFile + ": there is no folder for it; nothing was made");
        }
        SigningKey key = SigningKey.create(file);
        if (publicFile != null) {
            key.publish(publicFile);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("key " + key.keyId());
        out.println("private, for --noise-key: " + file);
        out.println("public, to be published before there are images" + (publicFile == null ? ":" : ": " + publicFile));
        out.print(key.publicPem());
        out.flush();
    }

    /** The root of a file system is in no folder, and no file either. */
    private static boolean hasFolder(@Nullable Path folder) {
        return folder != null && Files.isDirectory(folder);
    }
}
