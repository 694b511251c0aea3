// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.catrs.schemas.InvalidDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedLocationsTest {
    private final AllowedLocations locations =
            AllowedLocations.of(List.of("file:///srv/models", "s3://bucket/models/"));

    @ParameterizedTest
    @CsvSource({
        "file:///srv/models/digits/7/, file:///srv/models/digits/7/",
        "file:///srv/models/digits/7, file:///srv/models/digits/7/",
        "file:/srv/models/digits, file:/srv/models/digits/",
        "file:///srv/models/my%20digits/, file:///srv/models/my%20digits/",
        "s3://bucket/models/digits/7/, s3://bucket/models/digits/7/",
        "s3://bucket/models/, s3://bucket/models/",
    })
    void shouldAllowWhatLiesInsideAndGiveItAsAFolder(String location, String folder) {
        assertThat(locations.require(location)).isEqualTo(URI.create(folder));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///srv/",
                "file:///srv/models-of-others/",
                "file:///srv/models/../secrets/",
                "file:///srv/models/./a/",
                "file:///srv/models//a/",
                "file:///srv/models/%2e%2e/secrets/",
                "file:///srv/models/a%2f..%2f..%2fsecrets/",
                "file:///srv/models/a%00b/",
                "file:///srv/models/a%5C..%5Cb/",
                "file://host/srv/models/a/",
                "file:srv/models/a/",
                "FILE:///srv/models/a/",
                "/srv/models/a/",
                "s3://bucket/other/",
                "s3://buckets/models/",
                "s3://bucket.example.org/models/",
                "s3://user@bucket/models/",
                "s3://bucket/models/?versionId=1",
                "s3://bucket/models/#a",
                "http://bucket/models/",
                "jar:file:///srv/models/a.jar!/",
                "not a location",
                "",
            })
    void shouldRefuseEveryOtherLocation(String location) {
        assertThatThrownBy(() -> locations.require(location))
                .isInstanceOfSatisfying(
                        RefusedReleaseException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.LOCATION_NOT_ALLOWED));
    }

    @Test
    void shouldTellWhoeverConfiguresItWhichFormIsNeeded() {
        assertThatThrownBy(() -> AllowedLocations.of(List.of("/srv/models")))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("'/srv/models'")
                .hasMessageContaining("file:///FOLDER/ or s3://BUCKET/FOLDER/");
    }

    @Test
    void shouldFollowLinksInsideAndNoneThatLeadsOut(@TempDir Path work) throws IOException {
        Path allowed = Files.createDirectories(work.resolve("allowed/real"));
        Files.writeString(allowed.resolve("model.json"), "inside");
        Path outside = Files.createDirectories(work.resolve("outside"));
        Files.writeString(outside.resolve("model.json"), "outside");
        Files.createSymbolicLink(work.resolve("allowed/current"), allowed);
        Files.createSymbolicLink(work.resolve("allowed/away"), outside);
        Files.createSymbolicLink(allowed.resolve("model.onnx"), outside.resolve("model.json"));
        Path linked = Files.createSymbolicLink(work.resolve("linked"), work.resolve("allowed"));
        AllowedLocations folder = AllowedLocations.of(List.of(
                work.resolve("allowed").toUri().toString(), linked.toUri().toString()));

        for (String inside :
                List.of("allowed/real/model.json", "allowed/current/model.json", "linked/real/model.json")) {
            assertThatCode(() -> folder.requireReal(work.resolve(inside).toUri()))
                    .doesNotThrowAnyException();
        }
        for (String out : List.of("allowed/away/model.json", "allowed/real/model.onnx", "linked/away/model.json")) {
            assertThatThrownBy(() -> folder.requireReal(work.resolve(out).toUri()))
                    .isInstanceOf(RefusedReleaseException.class)
                    .hasMessageContaining("outside");
        }
        assertThatThrownBy(() -> folder.requireReal(allowed.resolve("absent").toUri()))
                .isInstanceOf(NoSuchFileException.class);
    }
}
