// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.catrs.program.service.BrokerAccess;
import org.catrs.program.service.Brokers;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.topic.Topics;
import org.catrs.tests.ForkPorts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever keeps a program from its brokers is said in one line that says what to do. */
final class ConnectionFaultsTest {
    @TempDir
    private static Path work;

    private static TestKeys keys;
    private static SecuredBroker broker;

    @BeforeAll
    static void start() throws Exception {
        keys = TestKeys.make(work, "broker", "-1d", 10);
        broker = SecuredBroker.start(work, keys);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void shouldSayThatALoginIsRefused() {
        assertThat(problem(broker.login("certifier", "guess")))
                .contains("refuse the login of User:certifier by PLAIN")
                .contains("sasl.jaas.config")
                .doesNotContain("guess");
    }

    @Test
    void shouldSayWhatIsMisspeltInALogin() {
        for (String jaas : new String[] {
            "org.apache.kafka.common.security.plain.PlainLoginModul required username=\"a\" password=\"secret\";",
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"a\" password=\"secret\"",
            "org.apache.kafka.common.security.plain.PlainLoginModule requird username=\"a\" password=\"secret\";",
            "username=\"a\" password=\"secret\""
        }) {
            assertThat(problem(with(broker.loginOf("certifier"), "sasl.jaas.config", jaas)))
                    .as(jaas)
                    .contains("sasl.jaas.config has the form")
                    .doesNotContain("secret");
        }
    }

    @Test
    void shouldSayWhichLoginsAreTaken() {
        assertThat(problem(with(broker.loginOf("certifier"), "sasl.mechanism", "SCRAM-SHA-512")))
                .contains("takes logins by [PLAIN], and sasl.mechanism is SCRAM-SHA-512");
    }

    @Test
    void shouldSayThatALoginIsAskedFor() {
        assertThat(problem(Map.of("bootstrap.servers", broker.loginAddress())))
                .isEqualTo("security.protocol is PLAINTEXT, but " + broker.loginAddress()
                        + " speaks no TLS and asks for a login by [PLAIN]; set it to SASL_PLAINTEXT, with sasl.mechanism"
                        + " and sasl.jaas.config");
    }

    @Test
    void shouldSayThatNoLoginIsAskedFor() {
        assertThat(problem(with(broker.loginOf("certifier"), "bootstrap.servers", broker.plainAddress())))
                .isEqualTo("security.protocol is SASL_PLAINTEXT, but " + broker.plainAddress()
                        + " has neither TLS nor logins; set it to PLAINTEXT");
    }

    @Test
    void shouldSayThatAPortSpeaksTls() {
        assertThat(problem(Map.of("bootstrap.servers", broker.tlsAddress())))
                .isEqualTo("security.protocol is PLAINTEXT, but " + broker.tlsAddress()
                        + " speaks TLS; set it to SSL, or SASL_SSL with a login");
    }

    @Test
    void shouldSayThatAPortSpeaksNoTls() {
        assertThat(problem(with(tls(keys), "bootstrap.servers", broker.plainAddress())))
                .isEqualTo("security.protocol is SSL, but " + broker.plainAddress()
                        + " has neither TLS nor logins; set it to PLAINTEXT");
    }

    @Test
    void shouldConnectByTlsWhereTheCertificateIsTrusted() {
        assertThat(catchThrowable(() -> ask(tls(keys)))).isNull();
    }

    @Test
    void shouldSayThatACertificateIsNotTrusted() throws Exception {
        assertThat(problem(tls(TestKeys.make(work, "stranger", "-1d", 10))))
                .contains("no TLS connection to the brokers at " + broker.tlsAddress())
                .contains("nobody who is trusted here")
                .contains("ssl.truststore.location");
        assertThat(problem(Map.of("bootstrap.servers", broker.tlsAddress(), "security.protocol", "SSL")))
                .contains("nobody who is trusted here");
    }

    @Test
    void shouldSayThatACertificateHasExpired(@TempDir Path other) throws Exception {
        TestKeys expired = TestKeys.issued(other, "expired", "-10d", 5);
        try (SecuredBroker old = SecuredBroker.start(other, expired)) {
            assertThat(problem(with(tls(expired), "bootstrap.servers", old.tlsAddress())))
                    .contains("a certificate has expired")
                    .contains("renew");
        }
    }

    @Test
    void shouldSayThatTheCertificateIsForAnotherHost() {
        String port = broker.tlsAddress().substring(broker.tlsAddress().indexOf(':'));
        assertThat(problem(with(tls(keys), "bootstrap.servers", "localhost" + port)))
                .contains("their certificate is for another host");
    }

    @Test
    void shouldSayThatAStoreOfKeysCannotBeRead() {
        assertThat(problem(with(tls(keys), "ssl.truststore.location", "/no/such/file.pem")))
                .contains("can be made")
                .contains("/no/such/file.pem");
    }

    @Test
    void shouldSayThatNobodyListens() {
        String address = "127.0.0.1:" + ForkPorts.free();
        assertThat(problem(Map.of("bootstrap.servers", address)))
                .contains("no broker answered at " + address)
                .contains("Connection refused");
    }

    @Test
    void shouldNameTopicsThatAreMissingWithTheCommandThatMakesThem() {
        assertThat(catchThrowable(() -> {
                    try (Brokers brokers = Brokers.connect(Map.of("bootstrap.servers", broker.plainAddress()))) {
                        brokers.require(BrokerAccess.none().reading("photos", Topics.IMAGES));
                    }
                }))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("have no topic photos;")
                .hasMessageContaining("kafka-topics.sh --bootstrap-server " + broker.plainAddress() + " --create")
                .hasMessageContaining("--topic photos");
    }

    private static Map<String, String> tls(TestKeys trusted) {
        return Map.of(
                "bootstrap.servers",
                broker.tlsAddress(),
                "security.protocol",
                "SSL",
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                trusted.certificate().toString());
    }

    private static Map<String, String> with(Map<String, String> properties, String key, String value) {
        Map<String, String> changed = new HashMap<>(properties);
        changed.put(key, value);
        return changed;
    }

    private static String problem(Map<String, String> properties) {
        Throwable failure = catchThrowable(() -> ask(properties));
        assertThat(failure).isInstanceOf(InvalidDataException.class);
        assertThat(failure.getMessage()).doesNotContain("\n");
        return failure.getMessage();
    }

    private static void ask(Map<String, String> properties) {
        try (Brokers brokers = Brokers.connect(properties)) {
            brokers.require(BrokerAccess.none().reading(Topics.IMAGES));
        }
    }
}
