// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Supplier;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** A store in an S3 bucket. S3 itself replaces objects as a whole. */
final class S3Store implements ModelStore {
    private final S3Client client;
    private final String bucket;
    private final String prefix;

    /** @param prefix begins each key; empty, or with a slash at its end */
    S3Store(S3Client client, String bucket, String prefix) {
        this.client = client;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    @Override
    public URI uri(String path) {
        return URI.create("s3://" + bucket + "/" + key(path));
    }

    @Override
    public InputStream read(String path, long mostBytes) throws IOException {
        GetObjectRequest request =
                GetObjectRequest.builder().bucket(bucket).key(key(path)).build();
        ResponseInputStream<GetObjectResponse> object = asked(path, () -> client.getObject(request));
        String name = uri(path).toString();
        try {
            LimitedStream.check(name, object.response().contentLength(), mostBytes);
        } catch (RuntimeException e) {
            object.abort();
            throw e;
        }
        return new LimitedStream(new S3ObjectStream(object), name, mostBytes);
    }

    @Override
    public void write(String path, Path content) throws IOException {
        write(path, RequestBody.fromFile(content));
    }

    @Override
    public void write(String path, byte[] content) throws IOException {
        write(path, RequestBody.fromBytes(content));
    }

    @Override
    public void delete(String path) throws IOException {
        asked(path, () -> client.deleteObject(request -> request.bucket(bucket).key(key(path))));
    }

    private void write(String path, RequestBody content) throws IOException {
        asked(path, () -> client.putObject(request -> request.bucket(bucket).key(key(path)), content));
    }

    private String key(String path) {
        return prefix + StorePath.require(path);
    }

    private <T> T asked(String path, Supplier<T> question) throws IOException {
        try {
            return question.get();
        } catch (NoSuchKeyException e) {
            NoSuchFileException none = new NoSuchFileException(uri(path).toString());
            none.initCause(e);
            throw none;
        } catch (SdkException e) {
            throw new IOException(uri(path) + ": " + e.getMessage(), e);
        }
    }
}
