// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.catrs.certifier.network.model.TestModel;
import org.catrs.schemas.Sha256;
import org.catrs.schemas.signature.SigningKey;
import org.catrs.schemas.signature.VerificationKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeysCommandTest {
    @TempDir
    private Path folder;

    @Test
    void shouldMakeAKeyThatItsOwnerAloneCanRead() throws IOException {
        Path file = folder.resolve("noise.pem");
        Path published = folder.resolve("noise.pub.pem");

        CommandRun run = keys("new", "--out", file.toString(), "--public", published.toString());

        assertThat(run.code()).isZero();
        String id = SigningKey.read(file).keyId();
        assertThat(run.out())
                .startsWith("key " + id + System.lineSeparator())
                .contains(file.toString(), published.toString())
                .endsWith(Files.readString(published));
        assertThat(VerificationKeys.read(List.of(published)).keyIds()).containsExactly(id);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(SigningKey.exposure(file)).isEmpty();
    }

    @Test
    void shouldPrintThePublicKeyWhereNoFileIsNamedForIt() throws IOException {
        CommandRun run = keys("new", "--out", folder.resolve("noise.pem").toString());

        Path printed = Files.writeString(
                folder.resolve("printed.pem"), run.out().substring(run.out().indexOf("-----BEGIN")));
        assertThat(run.out())
                .startsWith("key "
                        + VerificationKeys.read(List.of(printed))
                                .keyIds()
                                .iterator()
                                .next());
    }

    @Test
    void shouldMakeAKeyThatOpensslReads() throws Exception {
        Path file = folder.resolve("noise.pem");
        CommandRun run = keys("new", "--out", file.toString());

        Process openssl = new ProcessBuilder("openssl", "pkey", "-in", file.toString(), "-pubout").start();
        String found = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

        assertThat(openssl.waitFor()).isZero();
        assertThat(run.out()).endsWith(found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"noise.pem", "noise.pub.pem"})
    void shouldNotOverwriteAFile(String taken) throws IOException {
        Path file = Files.writeString(folder.resolve(taken), "kept");

        CommandRun run = keys(
                "new",
                "--out",
                folder.resolve("noise.pem").toString(),
                "--public",
                folder.resolve("noise.pub.pem").toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains(file + ": is there already, and a key is never overwritten");
        assertThat(file).hasContent("kept");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void shouldMakeNoKeyWhosePublicHalfHasNoFolder() {
        Path file = folder.resolve("noise.pem");

        CommandRun run = keys(
                "new",
                "--out",
                file.toString(),
                "--public",
                folder.resolve("absent/noise.pub.pem").toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("there is no folder for it; nothing was made");
        assertThat(file).doesNotExist();
    }

    @Test
    void shouldSayWhereAKeyCannotBeWritten() {
        CommandRun run = keys("new", "--out", folder.resolve("absent/noise.pem").toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("absent/noise.pem: its folder is not there");
    }

    @Test
    void shouldPrintThePolicyOfEachPlanThatHeadersMayAskFor() {
        List<String> lines = policies("--n", "1000");

        assertThat(lines).hasSize(3).allSatisfy(line -> {
            String[] parts = line.split(" {2}", 2);
            assertThat(parts[0]).isEqualTo(Sha256.of(parts[1].getBytes(StandardCharsets.UTF_8)));
            String n0 = parts[1].contains("adaptive") ? "\"n0\":32," : "\"n0\":100,";
            assertThat(parts[1]).contains("\"alpha\":0.001,", "\"n\":1000,", n0, "\"sigma\":0.25}");
        });
        assertThat(lines)
                .extracting(line -> line.replaceFirst(".*\"plan\":\"", "").replaceFirst("\".*", ""))
                .containsExactly("fixed", "adaptive", "deadline");
    }

    @ParameterizedTest
    @CsvSource({
        "--plan adaptive, adaptive",
        "--target-radius 0.5, adaptive",
        "--radius-fraction 0.5, adaptive",
        "--deadline 1, deadline"
    })
    void shouldPrintThePolicyOfThePlanThatIsAskedFor(String options, String plan) {
        assertThat(policies(options.split(" "))).singleElement().asString().contains("\"plan\":\"" + plan + "\"");
    }

    @Test
    void shouldKeepRadiusAndTimeOutOfThePolicy() {
        assertThat(policies("--target-radius", "0.5")).isEqualTo(policies("--target-radius", "0.25"));
        assertThat(policies("--deadline", "1")).isEqualTo(policies("--deadline", "2", "--target-radius", "0.5"));
    }

    @Test
    void shouldTellWhatToDoWithAKey() {
        assertThat(keys("--help").out())
                .contains(
                        "keys new --out noise.pem",
                        "before there are images",
                        "serve --noise-key",
                        "replay --noise-keys");
    }

    private static List<String> policies(String... options) {
        String[] policy = {"policy", "--model", TestModel.folder().toString()};
        CommandRun run = keys(
                Stream.concat(Arrays.stream(policy), Arrays.stream(options)).toArray(String[]::new));
        assertThat(run.err()).isEmpty();
        return run.out().lines().toList();
    }

    private static CommandRun keys(String... arguments) {
        return CommandRun.of(new KeysCommand(), arguments);
    }
}
