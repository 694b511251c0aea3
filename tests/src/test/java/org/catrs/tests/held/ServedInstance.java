// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.held;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.image.RawTensor;
import org.catrs.tests.Metrics;
import org.catrs.tests.stream.CertifierProcess;

/** An instance of the certifier that is a process of its own, on the topics of a {@link StreamCase}. */
final class ServedInstance implements AutoCloseable {
    private static final ImageShape BRIGHTNESS_SHAPE = new ImageShape(3, 8, 8);

    private final CertifierProcess process;

    private ServedInstance(CertifierProcess process) {
        this.process = process;
    }

    /** Starts one with the model that tells bright images from dark ones, and waits until it is ready. */
    static ServedInstance ofBrightness(Path work, StreamCase topics, Map<String, String> settings) {
        return start(work, topics, settings, Map.of(), CertifierProcess.BRIGHTNESS.toString());
    }

    /**
     * Starts one, and waits until it is ready.
     *
     * @param environment variables beside those of this process
     */
    static ServedInstance start(
            Path work, StreamCase topics, Map<String, String> settings, Map<String, String> environment, String model) {
        Map<String, String> all = new HashMap<>(topics.settings());
        all.remove("model");
        all.put("rates.enabled", "false");
        all.putAll(settings);
        String servers = all.remove("bootstrap.servers");
        ServedInstance instance =
                new ServedInstance(CertifierProcess.launch(work, servers, all, environment, "--model", model));
        instance.process.awaitReady();
        return instance;
    }

    /** An image of its own for {@link #ofBrightness}, bright or dark, which some noise makes the other. */
    static byte[] brightness(int number) {
        byte[] values = new byte[BRIGHTNESS_SHAPE.size()];
        Arrays.fill(values, (byte) (number % 2 == 0 ? 140 : 115));
        for (int digit = 0; digit < 4; digit++) {
            values[digit] = (byte) (number >> 8 * digit);
        }
        return RawTensor.encode(ImageTensor.of(BRIGHTNESS_SHAPE, values));
    }

    /** Sum over the series of a metric. */
    double metric(String name) {
        return metrics().sum(name);
    }

    private Metrics metrics() {
        try {
            return process.metrics();
        } catch (IOException e) {
            throw new AssertionError("the instance does not answer; it logged " + process.log(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String log() {
        return process.log();
    }

    ProcessHandle handle() {
        return process.handle();
    }

    void killForcibly() {
        process.killForcibly();
    }

    /** Asks it to end, as {@code kill} does, and says how long that took; fails after half a minute. */
    Duration leave() {
        long begin = System.nanoTime();
        process.close();
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Override
    public void close() {
        process.close();
    }
}
