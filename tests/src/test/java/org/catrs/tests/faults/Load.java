// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.faults;

import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.catrs.schemas.DaemonThreads;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.image.RawTensor;
import org.catrs.tests.held.StreamCase;

/** A producer that sends images of 3 x 8 x 8 to all partitions in turn, each tenth of them rubbish. */
final class Load implements AutoCloseable {
    private static final ImageShape SHAPE = new ImageShape(3, 8, 8);
    private static final long MILLIS_EACH = 50;

    private final StreamCase topics;
    private final int partitions;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("load"));
    private int next;

    private Load(StreamCase topics, int partitions) {
        this.topics = topics;
        this.partitions = partitions;
    }

    /** Sends 20 images a second from now on. */
    static Load steady(StreamCase topics, int partitions) {
        Load load = new Load(topics, partitions);
        ScheduledFuture<?> unused =
                load.thread.scheduleAtFixedRate(load::sendNext, 0, MILLIS_EACH, TimeUnit.MILLISECONDS);
        return load;
    }

    /** Sends images now. */
    static Load of(StreamCase topics, int partitions, int images) {
        Load load = new Load(topics, partitions);
        load.send(images);
        return load;
    }

    /** Sends more of them. */
    void send(int images) {
        for (int image = 0; image < images; image++) {
            sendNext();
        }
        topics.flush();
    }

    private void sendNext() {
        int number = next++;
        if (number % 10 == 9) {
            topics.sendRubbish(number % partitions, number);
        } else {
            topics.send(number % partitions, number, image(230));
        }
    }

    /** A tensor with this value everywhere. */
    static byte[] image(int value) {
        byte[] values = new byte[SHAPE.size()];
        Arrays.fill(values, (byte) value);
        return RawTensor.encode(ImageTensor.of(SHAPE, values));
    }

    /** Sends no more, and waits until all that was sent has arrived. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("an image is still being sent");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        topics.flush();
    }
}
