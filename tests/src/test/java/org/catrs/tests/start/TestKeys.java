// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A key, and the certificate that makes others trust it, in files as brokers and their clients read them. */
record TestKeys(Path store, Path certificate) {
    static final String PASSWORD = "changeit";

    /**
     * Makes a key whose certificate is valid for so many days from a start.
     *
     * @param start such as "-10d"
     */
    static TestKeys make(Path work, String name, String start, int days) throws IOException, InterruptedException {
        Path store = work.resolve(name + ".p12");
        Path certificate = work.resolve(name + ".pem");
        keytool(
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1",
                "-startdate",
                start,
                "-validity",
                "" + days,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                name,
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD,
                "-file",
                certificate.toString());
        return new TestKeys(store, certificate);
    }

    /** The same, but the certificate of the key is issued by an authority, whose certificate this one is. */
    static TestKeys issued(Path work, String name, String start, int days) throws IOException, InterruptedException {
        TestKeys authority = make(work, name + "-authority", "-20d", 40);
        TestKeys key = make(work, name, "-1d", 10);
        Path request = work.resolve(name + ".csr");
        keytool(
                "-certreq",
                "-alias",
                name,
                "-keystore",
                key.store.toString(),
                "-storepass",
                PASSWORD,
                "-file",
                request.toString());
        keytool(
                "-gencert",
                "-rfc",
                "-alias",
                name + "-authority",
                "-keystore",
                authority.store.toString(),
                "-storepass",
                PASSWORD,
                "-ext",
                "san=ip:127.0.0.1",
                "-startdate",
                start,
                "-validity",
                "" + days,
                "-infile",
                request.toString(),
                "-outfile",
                key.certificate.toString());
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                name + "-authority",
                "-keystore",
                key.store.toString(),
                "-storepass",
                PASSWORD,
                "-file",
                authority.certificate.toString());
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                name,
                "-keystore",
                key.store.toString(),
                "-storepass",
                PASSWORD,
                "-file",
                key.certificate.toString());
        return new TestKeys(key.store, authority.certificate);
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
    }
}
