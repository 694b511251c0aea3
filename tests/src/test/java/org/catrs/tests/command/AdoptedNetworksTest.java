// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.catrs.certifier.cli.AdoptCommand;
import org.catrs.certifier.cli.CertifyCommand;
import org.catrs.tests.Checkout;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Networks as PyTorch exports them are adopted, and certify with the votes that PyTorch itself gives on the same noise. */
@Tag("slow")
final class AdoptedNetworksTest {
    @TempDir
    Path folder;

    @Test
    void shouldHaveTheVotesOfPyTorchOnTheSameNoise() throws Exception {
        python("make");
        List<Path> networks = files(".onnx");
        assertThat(networks).hasSizeGreaterThan(15);
        for (Path network : networks) {
            String kind = network.getFileName().toString().replace(".onnx", "");
            adopt(network, kind);
            Files.writeString(folder.resolve(kind + ".jsonl"), certify(kind));
        }
        assertThat(python("check")).contains("has the votes of PyTorch");
    }

    private void adopt(Path network, String kind) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                network.toString(),
                "--out",
                model(kind),
                "--sigma",
                "0.25",
                "--check",
                folder.resolve("0.png").toString()));
        arguments.addAll(Files.readAllLines(folder.resolve(kind + ".args")));
        run(new AdoptCommand(), arguments);
    }

    private String certify(String kind) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--model", model(kind), "--json", "--n", "300"));
        arguments.addAll(List.of("--optimization", "extended", "--batch", "20", "--threads", "1"));
        files(".png").forEach(image -> arguments.add(image.toString()));
        return run(new CertifyCommand(), arguments);
    }

    private String model(String kind) {
        return folder.resolve("model-" + kind).toString();
    }

    private static String run(Object command, List<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
        assertThat(code).as("%s: %s", arguments, err).isZero();
        return out.toString();
    }

    private List<Path> files(String ending) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }

    private String python(String what) throws Exception {
        Path log = folder.resolve(what + ".log");
        Process process = new ProcessBuilder(
                        "/usr/bin/python3",
                        Checkout.ROOT.resolve("tests/foreign_networks.py").toString(),
                        what,
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(log)).isZero();
        return Files.readString(log);
    }
}
