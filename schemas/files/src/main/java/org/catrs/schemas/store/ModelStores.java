// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.store;

import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import org.catrs.schemas.InvalidDataException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Opens stores by their URI. Safe for use by many threads. */
public final class ModelStores implements AutoCloseable {
    private final S3Settings settings;
    private @Nullable S3Client client;

    /** Stores of which those in S3 are where the environment says. */
    public ModelStores() {
        this(S3Settings.ofEnvironment());
    }

    /** Stores of which those in S3 are where the settings say; a connection is made when the first is opened. */
    public ModelStores(S3Settings settings) {
        this.settings = settings;
    }

    /**
     * The store that is a folder.
     *
     * @param folder such as {@code file:///models/} or {@code s3://bucket/models/}; with or without a slash at its end
     * @throws InvalidDataException when it names no folder in a form that is known here
     */
    public ModelStore at(URI folder) {
        if ("file".equals(folder.getScheme())) {
            return new FileStore(path(folder));
        }
        if ("s3".equals(folder.getScheme()) && folder.getAuthority() != null) {
            String prefix = folder.getPath().replaceFirst("^/", "").replaceFirst("/$", "");
            return new S3Store(
                    client(folder), folder.getAuthority(), prefix.isEmpty() ? "" : StorePath.require(prefix) + "/");
        }
        throw new InvalidDataException(
                folder + ": is no place for models; file:///FOLDER/ or s3://BUCKET/FOLDER/ is needed");
    }

    /** Closes connections; stores in S3 that were opened here cannot be used any more. */
    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
            client = null;
        }
    }

    private synchronized S3Client client(URI folder) {
        if (client == null) {
            client = connect(folder);
        }
        return client;
    }

    private S3Client connect(URI folder) {
        // Servers other than Amazon's do not all know the checksums that newer clients add unasked.
        S3ClientBuilder builder = S3Client.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED);
        if (settings.endpoint() != null) {
            builder.endpointOverride(settings.endpoint()).forcePathStyle(true);
        }
        if (settings.region() != null) {
            builder.region(Region.of(settings.region()));
        }
        try {
            return builder.build();
        } catch (SdkException e) {
            throw new InvalidDataException(folder + ": S3 cannot be used: " + e.getMessage(), e);
        }
    }

    private static Path path(URI folder) {
        try {
            return Path.of(folder);
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            throw new InvalidDataException(folder + ": is no folder of this machine: " + e.getMessage(), e);
        }
    }
}
