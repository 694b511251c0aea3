// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.catrs.schemas.store.ModelStore;
import org.catrs.schemas.store.ModelStores;
import org.catrs.schemas.store.S3Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FetchesTest {
    private static final URI FILE = URI.create("file:///models/a/model.onnx");
    private static final URI OTHER = URI.create("file:///models/b/model.onnx");

    private final Fetches fetches = new Fetches(Duration.ofMillis(200));

    @AfterEach
    void close() {
        fetches.close();
    }

    @Test
    void shouldGiveWhatIsFetchedAndThrowWhatTheStoreThrows() throws IOException {
        assertThat(fetches.fetch(FILE, FetchesTest::threeBytes)).isEqualTo(new byte[3]);
        assertThatThrownBy(() -> fetches.fetch(FILE, watched -> {
                    throw new NoSuchFileException("a");
                }))
                .isInstanceOf(NoSuchFileException.class);
        RefusedReleaseException refusal = new RefusedReleaseException(RefusalReason.LOCATION_NOT_ALLOWED, "b");
        assertThatThrownBy(() -> fetches.fetch(FILE, watched -> {
                    throw refusal;
                }))
                .isSameAs(refusal);
    }

    @Test
    void shouldGiveUpAFileThatHangsAndAskForItAgainOnlyWhenItHangsNoMore() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        assertTimedOut(() -> fetches.fetch(FILE, watched -> hang(end)), "gave 0 bytes, and then nothing for 0.2 s");
        assertTimedOut(() -> fetches.fetch(FILE, FetchesTest::threeBytes), "still being waited for");
        assertThat(fetches.fetch(OTHER, FetchesTest::threeBytes)).hasSize(3);
        end.countDown();
        assertThat(fetchedAtLast()).hasSize(3);
    }

    @Test
    void shouldGiveUpAFileThatComesByteByByte() {
        assertTimedOut(
                () -> fetches.fetch(
                        FILE, watched -> watched.apply(new ByteByByte()).readAllBytes()),
                "which is less than 65536 in a second");
    }

    @Test
    void shouldGiveUpAServerThatAcceptsAndNeverAnswers() throws IOException {
        System.setProperty("aws.accessKeyId", "somebody");
        System.setProperty("aws.secretAccessKey", "secret");
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                ModelStores stores = new ModelStores(
                        new S3Settings(URI.create("http://127.0.0.1:" + silent.getLocalPort()), "eu-central-1"))) {
            ModelStore bucket = stores.at(URI.create("s3://bucket/a/"));
            assertTimedOut(
                    () -> fetches.fetch(
                            FILE,
                            watched -> watched.apply(bucket.read("model.onnx", 1_000))
                                    .readAllBytes()),
                    "gave 0 bytes");
        } finally {
            System.clearProperty("aws.accessKeyId");
            System.clearProperty("aws.secretAccessKey");
        }
    }

    private static void assertTimedOut(ThrowingCallable fetch, String message) {
        assertThatThrownBy(fetch)
                .hasMessageContaining(message)
                .isInstanceOfSatisfying(
                        RefusedReleaseException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.STORE_TIMED_OUT));
    }

    /** The thread that hung needs a moment to end. */
    private byte[] fetchedAtLast() throws IOException {
        for (int attempt = 1; true; attempt++) {
            try {
                return fetches.fetch(FILE, FetchesTest::threeBytes);
            } catch (RefusedReleaseException e) {
                assertThat(attempt).isLessThan(1_000);
                LockSupport.parkNanos(10_000_000);
            }
        }
    }

    private static byte[] threeBytes(UnaryOperator<InputStream> watched) throws IOException {
        return watched.apply(new ByteArrayInputStream(new byte[3])).readAllBytes();
    }

    private static byte[] hang(CountDownLatch end) throws IOException {
        try {
            end.await();
            return new byte[0];
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** Gives a byte each 20 ms, without end. */
    private static final class ByteByByte extends InputStream {
        @Override
        public int read() {
            LockSupport.parkNanos(20_000_000);
            return 1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            target[offset] = (byte) read();
            return 1;
        }
    }
}
