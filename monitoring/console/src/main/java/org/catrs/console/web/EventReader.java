// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** A connection that server-sent events are written to. It is written to when the last events have gone out. */
final class EventReader {
    private static final long LONGEST_WRITE_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long SIGN_OF_LIFE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final String SIGN_OF_LIFE = ":\n\n";

    private final Response response;
    private final Callback callback;
    private final Cursor cursor;
    private final Runnable onEnd;
    private long lastWrite = System.nanoTime();
    private boolean isWriting;
    private boolean hasEnded;

    EventReader(Response response, Callback callback, Cursor cursor, Runnable onEnd) {
        this.response = response;
        this.callback = callback;
        this.cursor = cursor;
        this.onEnd = onEnd;
    }

    /** Writes what there is, unless the last events are still on their way. */
    void tick() {
        long now = System.nanoTime();
        String text;
        boolean isLast;
        synchronized (this) {
            if (hasEnded) {
                return;
            }
            if (isWriting) {
                if (now - lastWrite > LONGEST_WRITE_NANOS) {
                    end(new IOException("the reader takes nothing"));
                }
                return;
            }
            isLast = cursor.isAtEnd();
            text = cursor.next();
            if (text.isEmpty() && !isLast) {
                if (now - lastWrite < SIGN_OF_LIFE_NANOS) {
                    return;
                }
                text = SIGN_OF_LIFE;
            }
            isWriting = true;
            lastWrite = now;
        }
        response.write(
                isLast,
                ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)),
                Callback.from(() -> written(isLast), this::end));
    }

    private void written(boolean isLast) {
        synchronized (this) {
            isWriting = false;
        }
        if (isLast) {
            end(null);
        }
    }

    /** Ends it; does nothing where it has ended. */
    void end(@Nullable Throwable failure) {
        synchronized (this) {
            if (hasEnded) {
                return;
            }
            hasEnded = true;
        }
        cursor.close();
        onEnd.run();
        if (failure == null) {
            callback.succeeded();
        } else {
            callback.failed(failure);
        }
    }
}
