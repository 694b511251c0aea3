// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.catrs.certifier.cli.client.ReleasePublisher;
import org.catrs.certifier.cli.options.ModelsTopicOptions;
import org.catrs.certifier.stream.settings.CertifierConfig;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.signature.SigningKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells certifiers to serve a model. */
@Command(
        name = "release",
        description = "Tells the certifiers to serve a model from a store, in the place of the one that has its name."
                + " Rolling back is releasing the older version again, with the key: certifiers refuse what was issued"
                + " before what they serve. 'models status' tells what became of it.",
        mixinStandardHelpOptions = true)
final class ModelsReleaseCommand implements Runnable {
    @Mixin
    private ModelsTopicOptions topic = new ModelsTopicOptions();

    @Parameters(
            paramLabel = "FOLDER",
            description = "the model's folder, as a path or as the certifiers find it: file:///models/digits/7/ or"
                    + " s3://bucket/models/digits/7/")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String folder;

    @Option(
            names = "--key",
            paramLabel = "F",
            description =
                    "private Ed25519 key (PEM) that signs the manifest and issues it now; without it, the signature in"
                            + " the folder is taken, with the time at which it was issued (model.json.sig)")
    private @Nullable Path key;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        URI location =
                folder.contains(":/") ? URI.create(folder) : Path.of(folder).toUri();
        SigningKey signer = key == null ? null : SigningKey.read(key);
        ModelRelease release = ReleasePublisher.release(location, signer);
        Map<String, String> properties = topic.toWrite();
        requireKeyOfModels(signer, properties.get(CertifierConfig.SIGNING_KEY));
        try (ReleasePublisher publisher = ReleasePublisher.connect(properties, topic.topic())) {
            publisher.send(release);
        }
        spec.commandLine()
                .getOut()
                .println("released " + release.name() + " " + release.version() + " (sha256 " + release.sha256()
                        + ", plan " + release.plan().kind() + ", issued "
                        + Instant.ofEpochMilli(Objects.requireNonNull(release.issued(), "it is signed")) + ")");
        spec.commandLine().getOut().flush();
    }

    /** A certifier's configuration may be given as the client's. */
    private static void requireKeyOfModels(@Nullable SigningKey signer, @Nullable String certificates) {
        if (signer != null
                && certificates != null
                && SigningKey.read(Path.of(certificates)).keyId().equals(signer.keyId())) {
            throw new InvalidDataException(certificates
                    + ": this key signs certificates (" + CertifierConfig.SIGNING_KEY
                    + "), and must not sign models: certifiers refuse to start with it among models.keys; make another by"
                    + " 'openssl genpkey -algorithm ed25519 -out FILE'");
        }
    }
}
