// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catrs.certifier.audit.StoredCertificate.Broken;
import org.catrs.certifier.audit.StoredCertificate.Whole;
import org.catrs.certifier.cli.client.AnswerLines;
import org.catrs.certifier.cli.client.Predictions;
import org.catrs.certifier.cli.client.ReceivedPrediction;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.json.JsonRecords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateFileTest {
    private static final ReceivedPrediction ANSWER = Predictions.certified("a/7.png", 1, "one", 1.25, 1);
    private static final String JSON = new String(JsonRecords.write(ANSWER.prediction()), StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    @Test
    void shouldReadWhatWatchPrints() {
        assertThat(CertificateFile.parse(AnswerLines.json(ANSWER), "line 1"))
                .isEqualTo(new Whole("a/7.png", ANSWER.prediction()));
    }

    @Test
    void shouldReadWhatKcatPrints() {
        assertThat(CertificateFile.parse(JSON, "line 1")).isEqualTo(new Whole("line 1", ANSWER.prediction()));
    }

    /** What kcat prints with -K and -J, and what a forger may write. */
    @ParameterizedTest
    @ValueSource(strings = {"a/7.png\t%s", "a/7.png:%s", "%s {}", "%s%s", "[%s]"})
    void shouldRefuseTextAroundTheCertificate(String line) {
        assertThat(CertificateFile.parse(line.replace("%s", JSON), "line 1")).isInstanceOf(Broken.class);
    }

    @ParameterizedTest
    @CsvSource({
        "'{', '{\"certifiedRadius\":9,', certifiedRadius",
        "'{', '{\"Radius\":9,', Radius",
        "'{', '{\"payload\":\"x\",', payload",
        "'\"model\":{', '\"model\":{\"owner\":\"me\",', model.owner"
    })
    void shouldRefuseMembersThatTheSchemaDoesNotHave(String member, String more, String name) {
        String line = JSON.replaceFirst(Pattern.quote(member), Matcher.quoteReplacement(more));

        assertThat(CertificateFile.parse(line, "line 1"))
                .isEqualTo(new Broken("line 1", "has the member " + name + ", which the schema does not have"));
    }

    @Test
    void shouldReadWhatCertifyPrints() {
        String line = JSON.replaceFirst("\\{", "{\"file\":\"a/7.png\",");

        assertThat(CertificateFile.parse(line, "line 1")).isEqualTo(new Whole("a/7.png", ANSWER.prediction()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no certificate", "{\"outcome\":", "{}", "[1]", "{\"radius\":1,\"radius\":2}"})
    void shouldKeepALineThatIsNoCertificate(String line) {
        assertThat(CertificateFile.parse(line, "line 3")).isInstanceOf(Broken.class);
        assertThat(CertificateFile.parse(line, "line 3").id()).isEqualTo("line 3");
    }

    @Test
    void shouldSayWhichFieldsContradictEachOther() {
        StoredCertificate broken = CertificateFile.parse(JSON.replace("\"label\":1", "\"label\":0"), "k");

        assertThat(broken).isEqualTo(new Broken("k", "the label is the candidate 1, found 0"));
    }

    @Test
    void shouldReadAFileLineByLine() throws IOException {
        Path file = Files.writeString(
                folder.resolve("c.jsonl"), JSON.replaceFirst("\\{", "{\"key\":\"k\",") + "\n\n" + JSON + "\r\nend");

        assertThat(CertificateFile.read(file))
                .extracting(StoredCertificate::id)
                .containsExactly("k", "line 3", "line 4");
    }

    @Test
    void shouldRefuseAFileWithoutCertificates() throws IOException {
        Path empty = Files.writeString(folder.resolve("c.jsonl"), "\n");

        assertThatThrownBy(() -> CertificateFile.read(empty))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith(empty + ": holds no certificate");
        assertThatThrownBy(() -> CertificateFile.read(folder.resolve("missing")))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(folder.resolve("missing") + ": is not there");
        assertThatThrownBy(() -> CertificateFile.read(folder))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith(folder + ": ");
    }
}
