// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.architecture.broken.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.Consumer;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.image.ImageShape;

final class ProgramThatDoesAllAgain {
    private ProgramThatDoesAllAgain() {}

    static ModelRelease run(Consumer<byte[], byte[]> consumer, Path file) throws IOException {
        consumer.seekToBeginning(consumer.assignment());
        Files.move(file, file.resolveSibling("moved"));
        Thread thread = new Thread(() -> {});
        thread.setDaemon(true);
        thread.start();
        Executors.newCachedThreadPool().shutdown();
        ModelRelease.Plan plan = new ModelRelease.Plan("fixed", 100, 1_000, 0.001);
        return new ModelRelease(
                "a", "1", "s3://b/", "0".repeat(64), null, 0.5, List.of("0"), new ImageShape(1, 1, 1), plan, 1L);
    }
}
