// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.catrs.certifier.network.TurnedTwice;
import org.catrs.certifier.network.model.TestModel;
import org.catrs.certifier.stream.outcome.ExactCertificate;
import org.catrs.certifier.stream.outcome.TestKeys;
import org.catrs.schemas.signature.SigningKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/**
 * Images are black but for one white row: under noise of sigma 0.25 the mean of its 28 values is 21 standard deviations
 * from that of the others, so all samples vote for it.
 */
class CertifyCommandTest {
    private static final int SIDE = 28;

    @TempDir
    private Path folder;

    @Test
    void shouldPrintLabelAndRadiusOfEachImage() throws IOException {
        Path one = image("one.png", SIDE, 1);
        Path seven = image("seven.png", SIDE, 7);

        CommandRun run = certify("--n", "1000", one.toString(), seven.toString());

        // 0.25 * scipy.stats.norm.ppf(scipy.stats.beta.ppf(0.001, 1000, 1)) = 0.61581...
        assertThat(run.out().lines())
                .containsExactly(
                        // math.floor(0.615815653690 / 28 * 1e6) / 1e6
                        one + "  1 (row one)  radius 0.6158  L-infinity 0.021993",
                        seven + "  7  radius 0.6158  L-infinity 0.021993");
        assertThat(run.code()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"--batch, 1, PROVED", "--independence, tried, TRIED"})
    void shouldHaveTwoWaysOutWhereTheGraphDoesNotShowThatImagesAreKeptApart(
            String option, String value, String independence) throws IOException {
        Path onnx = folder.resolve("turned.onnx");
        Files.write(onnx, TurnedTwice.of(Files.readAllBytes(TestModel.folder().resolve("model.onnx"))));
        String image = image("one.png", SIDE, 1).toString();
        List<String> command = List.of("--model", onnx.toString(), "--sigma", "0.25", "--n", "100", "--json", image);
        List<String> withOption = new ArrayList<>(command);
        withOption.addAll(List.of(option, value));

        CommandRun refused = CommandRun.of(new CertifyCommand(), command.toArray(String[]::new));
        CommandRun run = CommandRun.of(new CertifyCommand(), withOption.toArray(String[]::new));

        assertThat(refused.code()).isNotZero();
        assertThat(new ObjectMapper().readTree(run.out()).path("independence").asText())
                .isEqualTo(independence);
    }

    @Test
    void shouldTakeFoldersAndLists() throws IOException {
        Path one = image("one.png", SIDE, 1);
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Path seven = image("inner/seven.png", SIDE, 7);
        Path list = Files.writeString(folder.resolve("list.txt"), one + "\n\n");

        CommandRun run = certify("--n", "1000", "--list", list.toString(), inner.toString());

        assertThat(run.out().lines()).hasSize(2);
        assertThat(run.out()).startsWith(seven + "  7  radius").contains(one + "  1 (row one)");
        assertThat(certify("--n", "1000").err()).contains("Missing required parameter: 'IMAGE'");
    }

    @Test
    void shouldEndWhenNobodyReadsItsLines() throws IOException {
        String image = image("one.png", SIDE, 1).toString();
        Writer closed = new Writer() {
            private int lines;

            @Override
            public void write(char[] text, int offset, int length) throws IOException {
                lines++;
                throw new IOException("Broken pipe, after " + lines);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        StringWriter err = new StringWriter();

        int code = new CommandLine(new CertifyCommand())
                .setOut(new PrintWriter(closed))
                .setErr(new PrintWriter(err))
                .execute("--model", TestModel.folder().toString(), "--n", "100", image, "missing.png");

        assertThat(code).isEqualTo(141);
        assertThat(err.toString()).doesNotContain("missing.png");
    }

    @Test
    void shouldDrawAPictureOfACertificateAndOfAnAbstention() throws IOException {
        for (String name : List.of("two.png", "black.png")) {
            Path picture = folder.resolve("picture-" + name);
            int row = name.startsWith("two") ? 2 : SIDE - 1;

            CommandRun run = certify(
                    "--n",
                    "500",
                    "--picture",
                    picture.toString(),
                    image(name, SIDE, row).toString());

            assertThat(run.code()).isZero();
            assertThat(ImageIO.read(picture.toFile()).getWidth()).isEqualTo(960);
        }
    }

    @Test
    void shouldSayWhyNoImageCanBeCertified() throws IOException {
        String two = image("two.png", SIDE, 2).toString();

        // math.floor(math.log(0.001) / math.log(0.5)) + 1
        assertThat(certify("--n", "9", two).out())
                .contains("n = 9 is too small for alpha = 0.001: at least 10 samples are needed");
        assertThat(certify("--target-radius", "5", "--n", "1000", two).err())
                .contains("the target radius 5.0 is out of reach: with sigma 0.25");
    }

    @Test
    void shouldNeverPrintMoreThanTheTruth() {
        assertThat(ExactCertificate.all()).allSatisfy(exact -> {
            String line = CertifyCommand.describe(exact.certificate(), List.of("0", "1"));

            assertThat(line).startsWith("1  radius ");
            assertThat(new BigDecimal(line.substring(10))).isLessThanOrEqualTo(exact.radius());
        });
    }

    @Test
    void shouldSayWhyItAbstains() throws IOException {
        Path black = image("black.png", SIDE, SIDE - 1);

        CommandRun run = certify("--n", "1000", black.toString());

        assertThat(run.out())
                .startsWith(black + "  abstained (the probability of ")
                .contains(" is only shown to be above 0.0")
                .endsWith("; it must be above 0.5)" + System.lineSeparator());
        assertThat(run.code()).isZero();
    }

    @Test
    void shouldPrintTheWholeCertificateAsJson() throws IOException {
        Path two = image("two.png", SIDE, 2);

        CommandRun run = certify("--n", "1000", "--noise", "gaussian", "--json", two.toString());

        JsonNode certificate = new ObjectMapper().readTree(run.out());
        assertThat(certificate.path("file").asText()).isEqualTo(two.toString());
        assertThat(certificate.path("outcome").asText()).isEqualTo("CERTIFIED");
        assertThat(certificate.path("label").asInt()).isEqualTo(2);
        assertThat(certificate.at("/otherNorms/l1").asDouble())
                .isEqualTo(certificate.path("radius").asDouble());
        assertThat(certificate.at("/otherNorms/linf").asDouble())
                .isCloseTo(certificate.path("radius").asDouble() / SIDE, within(1e-12))
                .isLessThan(certificate.path("radius").asDouble() / SIDE);
        assertThat(certificate.path("estimationCounts").path(2).asInt()).isEqualTo(1000);
        assertThat(certificate.path("noise").asText()).isEqualTo("gaussian");
        assertThat(certificate.path("seed").asText()).matches("[0-9a-f]{32}");
        assertThat(certificate.path("model").path("name").asText()).isEqualTo("rows");
    }

    @Test
    void shouldStopAtTheFirstLookThatShowsTheTargetRadius() throws IOException {
        CommandRun run = certify(
                "--target-radius", "0.1", "--json", image("two.png", SIDE, 2).toString());

        JsonNode certificate = new ObjectMapper().readTree(run.out());
        assertThat(certificate.path("plan").asText()).isEqualTo("adaptive");
        assertThat(certificate.path("n").asInt()).isEqualTo(32);
        assertThat(certificate.path("radius").asDouble()).isGreaterThanOrEqualTo(0.1);
    }

    @Test
    void shouldGoOnWithACertificateThatADeadlineEnded() throws IOException {
        String two = image("two.png", SIDE, 2).toString();
        String three = image("three.png", SIDE, 3).toString();
        CommandRun hurried = certify("--deadline", "1e-9", "--json", two);
        Path file = Files.writeString(folder.resolve("certificates.jsonl"), hurried.out());

        CommandRun resumed =
                certify("--plan", "deadline", "--resume", file.toString(), "--n", "1000", "--json", two, three);

        JsonNode first = new ObjectMapper().readTree(hurried.out());
        JsonNode second = new ObjectMapper().readTree(resumed.out());
        assertThat(first.path("n").asInt()).isEqualTo(64);
        assertThat(second.path("n").asInt()).isEqualTo(1000);
        assertThat(second.path("seed")).isEqualTo(first.path("seed"));
        assertThat(second.path("radius").asDouble())
                .isGreaterThan(first.path("radius").asDouble());
        assertThat(resumed.err()).contains(three + ": no certificate is of this image");
        assertThat(resumed.code()).isEqualTo(1);
    }

    @Test
    void shouldNotGoOnWithVotesThatWereNotDrawn() throws IOException {
        String two = image("two.png", SIDE, 2).toString();
        ObjectNode line = (ObjectNode) new ObjectMapper()
                .readTree(certify("--deadline", "1e-9", "--json", two).out());
        line.put("n", 500);
        ((ArrayNode) line.get("estimationCounts")).set(2, 500);
        ObjectNode look = (ObjectNode) line.at("/sampling/attempts/0/looks/0");
        look.put("n", 500).put("count", 500);
        Path file = Files.writeString(folder.resolve("more-votes.jsonl"), line.toString());

        CommandRun resumed = certify("--plan", "deadline", "--resume", file.toString(), "--n", "1000", two);

        assertThat(resumed.code()).isEqualTo(1);
        assertThat(resumed.err()).contains(two + ": the certificate to go on with does not hold: ");
        assertThat(resumed.out()).isEmpty();
    }

    @Test
    void shouldGoOnWithDeadlinePlansOnly() throws IOException {
        String two = image("two.png", SIDE, 2).toString();
        Path file = Files.writeString(
                folder.resolve("fixed.jsonl"),
                certify("--n", "100", "--json", two).out());

        assertThat(certify("--resume", file.toString(), two).code()).isEqualTo(2);
        CommandRun fixed = certify("--plan", "deadline", "--resume", file.toString(), two);
        assertThat(fixed.code()).isEqualTo(1);
        assertThat(fixed.err()).contains("found plan fixed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--target-radius=0", "--plan=quick", "--deadline=-1", "--radius-fraction=1"})
    void shouldCallAnImpossiblePlanWrongUsage(String option) throws IOException {
        assertThat(certify(option, image("two.png", SIDE, 2).toString()).code()).isEqualTo(2);
    }

    @Test
    void shouldGoOnAfterFilesThatCannotBeUsed() throws IOException {
        Path text = Files.writeString(folder.resolve("text.png"), "no image");
        Path large = image("large.png", SIDE + 1, 3);
        Path three = image("three.png", SIDE, 3);
        Path missing = folder.resolve("missing.png");

        CommandRun run = certify("--n", "100", text.toString(), large.toString(), missing.toString(), three.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).startsWith(three + "  3  radius").hasLineCount(1);
        assertThat(run.err().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("error: " + text),
                        line -> assertThat(line).startsWith("error: " + large).contains("28 x 28", "29 x 29"),
                        line -> assertThat(line).startsWith("error: " + missing));
    }

    @Test
    void shouldTakeABareOnnxFileWithSigmaAndClassNames() throws IOException {
        Path names =
                Files.write(folder.resolve("names.txt"), List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j"));
        Path onnx = TestModel.folder().resolve("model.onnx");
        String image = image("four.png", SIDE, 4).toString();
        String[] options = {"--model", onnx.toString(), "--sigma", "0.25", "--n", "1000"};

        assertThat(run(options, "--classes", names.toString(), image).out()).contains("  4 (e)  radius 0.6158");
        assertThat(run(options, "--classes", "a,b,c,d,E,f,g,h,i,j", image).out())
                .contains("  4 (E)  radius 0.6158");
        assertThat(run(options, image).out()).contains("  4  radius 0.6158");
    }

    @Test
    void shouldGiveAnImageTheSameNoiseWhateverRadiusOrTimeIsAskedFor() throws IOException {
        String two = image("two.png", SIDE, 2).toString();
        String key = TestKeys.in(folder).privateKey().toString();

        JsonNode near = json(certify("--noise-key", key, "--target-radius", "0.1", "--json", two));
        JsonNode far = json(certify("--noise-key", key, "--target-radius", "0.3", "--json", two));
        JsonNode soon = json(certify("--noise-key", key, "--deadline", "1e-9", "--n", "1000", "--json", two));
        JsonNode late = json(certify("--noise-key", key, "--deadline", "60", "--n", "1000", "--json", two));
        JsonNode fewer = json(certify("--noise-key", key, "--target-radius", "0.1", "--n", "1000", "--json", two));

        assertThat(near.path("noiseKey").asText())
                .isEqualTo(SigningKey.read(Path.of(key)).keyId());
        assertThat(near.path("n").asInt()).isLessThan(far.path("n").asInt());
        assertThat(far.path("seed")).isEqualTo(near.path("seed"));
        assertThat(far.path("noiseProof")).isEqualTo(near.path("noiseProof"));
        assertThat(late.path("seed")).isEqualTo(soon.path("seed")).isNotEqualTo(near.path("seed"));
        assertThat(fewer.path("seed")).isNotEqualTo(near.path("seed"));
        assertThat(fewer.path("policy")).isNotEqualTo(near.path("policy"));
    }

    @Test
    void shouldGoOnWithACertificateWhoseSeedIsForcedAsItIsHere() throws IOException {
        String two = image("two.png", SIDE, 2).toString();
        String key = TestKeys.in(folder).privateKey().toString();
        Path file = Files.writeString(
                folder.resolve("certificates.jsonl"),
                certify("--noise-key", key, "--deadline", "1e-9", "--n", "1000", "--json", two)
                        .out());
        JsonNode first = new ObjectMapper().readTree(Files.readString(file));
        String[] options = {"--plan", "deadline", "--json", "--resume", file.toString(), two};

        JsonNode resumed = json(resume(options, "--n", "1000", "--noise-key", key));
        assertThat(resumed.path("n").asInt()).isEqualTo(1000);
        for (String field : List.of("seed", "noiseKey", "noiseProof", "policy")) {
            assertThat(resumed.path(field)).as(field).isEqualTo(first.path(field));
        }
        assertThat(json(resume(options, "--n", "1000")).path("noiseProof")).isEqualTo(first.path("noiseProof"));
        assertThat(json(resume(options, "--n", "2000")).path("noiseProof").isNull())
                .as("the seed is not forced under the policy of another n")
                .isTrue();
        assertThat(resume(options, "--n", "2000", "--noise-key", key).err())
                .contains("two.png: the seed of the certificate to go on with was not forced by the key "
                        + first.path("noiseKey").asText() + " under the policy {");
        assertThat(resume(
                                options,
                                "--n",
                                "1000",
                                "--noise-key",
                                TestKeys.in(folder).privateKey().toString())
                        .err())
                .contains("was not forced by the key ");

        Files.writeString(
                file, Files.readString(file).replace(first.path("seed").asText(), "0".repeat(32)));
        assertThat(resume(options, "--n", "1000", "--noise-key", key).err()).contains("the certificate to go on with");
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing.txt", "names/of/classes"})
    void shouldNotTakeAMissingFileForTheNameOfAClass(String classes) throws IOException {
        CommandRun run = certify("--classes", classes, image("one.png", SIDE, 1).toString());

        assertThat(run.code()).isNotZero();
        assertThat(run.err()).contains("there is no file " + classes + " of class names");
    }

    @Test
    void shouldCallASettingByItsOption() throws IOException {
        assertThat(certify("--threads", "5000", image("one.png", SIDE, 1).toString())
                        .err())
                .contains("Invalid value 5000 for option --threads: Value must be no more than 1024");
    }

    @Test
    void shouldPredictTheLabelWithoutARadius() throws IOException {
        Path one = image("one.png", SIDE, 1);
        Path black = image("black.png", SIDE, SIDE - 1);

        CommandRun run = certify("--predict", "--n", "100", one.toString(), black.toString());

        assertThat(run.code()).isZero();
        assertThat(run.out().lines())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo(one + "  1 (row one)  predicted (100 of 100 samples)"),
                        line -> assertThat(line)
                                .startsWith(black + "  abstained (100 samples do not tell the two leading"));
    }

    @Test
    void shouldPrintTheWholePredictionAsJson() throws IOException {
        Path two = image("two.png", SIDE, 2);
        Path black = image("black.png", SIDE, SIDE - 1);

        List<String> lines = certify("--predict", "--json", "--n", "100", two.toString(), black.toString())
                .out()
                .lines()
                .toList();

        JsonNode predicted = new ObjectMapper().readTree(lines.get(0));
        assertThat(predicted.path("file").asText()).isEqualTo(two.toString());
        assertThat(predicted.path("outcome").asText()).isEqualTo("PREDICTED");
        assertThat(predicted.path("label").asInt()).isEqualTo(2);
        assertThat(predicted.path("counts").path(2).asInt()).isEqualTo(100);
        assertThat(predicted.path("n").asInt()).isEqualTo(100);
        assertThat(predicted.path("seed").asText()).matches("[0-9a-f]{32}");
        assertThat(predicted.path("model").path("name").asText()).isEqualTo("rows");
        assertThat(predicted.has("radius")).isFalse();
        JsonNode abstained = new ObjectMapper().readTree(lines.get(1));
        assertThat(abstained.path("outcome").asText()).isEqualTo("ABSTAINED");
        assertThat(abstained.path("label").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--resume=f.jsonl",
                "--noise-key=key.pem",
                "--n0=10",
                "--plan=fixed",
                "--target-radius=0.5",
                "--radius-fraction=0.9",
                "--deadline=1"
            })
    void shouldRefuseWhatMakesNoSenseWithAPrediction(String option) throws IOException {
        CommandRun run = certify("--predict", option, image("two.png", SIDE, 2).toString());

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(option.replaceFirst("=.*", "") + " cannot go with --predict");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--n 0",
                "--n0 0",
                "--alpha 0",
                "--alpha 0.5",
                "--sigma 0",
                "--sigma NaN",
                "--threads -1",
                "--threads 5000",
                "--batch 65537",
                "--noise uniform",
                "--precision int4",
                "--n many",
            })
    void shouldExitWith2WhereAnOptionIsOutOfItsRange(String option) throws IOException {
        String[] words = option.split(" ");

        CommandRun run = certify(words[0], words[1], image("one.png", SIDE, 1).toString());

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("Usage: certify").doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
    }

    private static JsonNode json(CommandRun run) throws IOException {
        assertThat(run.err()).isEmpty();
        return new ObjectMapper().readTree(run.out());
    }

    private static CommandRun resume(String[] options, String... further) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of(further));
        return certify(all.toArray(String[]::new));
    }

    private static CommandRun certify(String... arguments) {
        return run(new String[] {"--model", TestModel.folder().toString()}, arguments);
    }

    private static CommandRun run(String[] options, String... arguments) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of(arguments));
        return CommandRun.of(new CertifyCommand(), all.toArray(String[]::new));
    }

    private Path image(String name, int side, int whiteRow) throws IOException {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
        for (int column = 0; column < side; column++) {
            image.setRGB(column, whiteRow, 0xFFFFFF);
        }
        Path file = folder.resolve(name);
        ImageIO.write(image, "png", file.toFile());
        return file;
    }
}
