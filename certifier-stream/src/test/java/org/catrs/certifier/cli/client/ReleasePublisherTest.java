// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.catrs.certifier.network.model.TestModel;
import org.catrs.certifier.stream.outcome.TestKeys;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.model.ModelManifest;
import org.catrs.schemas.signature.SigningKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReleasePublisherTest {
    @TempDir
    private Path work;

    @Test
    void shouldReleaseWithThePlanThatTheManifestAsksFor() throws IOException {
        assertThat(plan("{\"targetRadius\": 0.5, \"n\": 5000}"))
                .isEqualTo(new ModelRelease.Plan("adaptive", 32, 5_000, 0.001));
        assertThat(plan("{\"deadlineSeconds\": 2}")).isEqualTo(new ModelRelease.Plan("deadline", 100, 100_000, 0.001));
        assertThat(plan("null")).isEqualTo(new ModelRelease.Plan("fixed", 100, 100_000, 0.001));
    }

    @Test
    void shouldReleaseNothingWhosePlanIsNone() {
        assertThatThrownBy(() -> plan("{\"kind\": \"fixed\", \"targetRadius\": 0.5}"))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("model.json: its plan cannot be used");
    }

    private ModelRelease.Plan plan(String json) throws IOException {
        String manifest = Files.readString(TestModel.folder().resolve(ModelManifest.FILE_NAME));
        String start = manifest.substring(0, manifest.lastIndexOf('}'));
        Files.writeString(work.resolve(ModelManifest.FILE_NAME), start + ", \"plan\": " + json + "}");
        SigningKey key = SigningKey.read(TestKeys.in(work).privateKey());
        return ReleasePublisher.release(work.toUri(), key).plan();
    }
}
