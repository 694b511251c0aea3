// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.service;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.ClientDnsLookup;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in one line why no connection to the brokers comes about, and what to do.
 *
 * @param address of the brokers, as it was given
 * @param protocol how it is connected: PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL
 * @param mechanism of the login
 * @param principal whom the brokers take this program for
 */
record ConnectionFault(String address, String protocol, String mechanism, String principal) {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionFault.class);

    private static final String DEFAULT_MECHANISM = "GSSAPI";

    static ConnectionFault of(Map<String, ?> properties) {
        Object protocol = properties.get(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG);
        Object mechanism = properties.get(SaslConfigs.SASL_MECHANISM);
        Object address = properties.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
        return new ConnectionFault(
                address instanceof List<?> list
                        ? String.join(",", list.stream().map(String::valueOf).toList())
                        : String.valueOf(address),
                protocol == null
                        ? CommonClientConfigs.DEFAULT_SECURITY_PROTOCOL
                        : protocol.toString().strip().toUpperCase(Locale.ROOT),
                mechanism == null
                        ? DEFAULT_MECHANISM
                        : mechanism.toString().strip().toUpperCase(Locale.ROOT),
                KafkaPrincipalName.of(properties));
    }

    /** Why a client cannot even be made. */
    String unusable(Throwable failure) {
        String reason = deepest(failure);
        boolean isLogin = causes(failure)
                .map(cause -> String.valueOf(cause.getMessage()))
                .anyMatch(message -> message.contains("JAAS") || message.contains("LoginModule"));
        return "no connection to the brokers at " + address + " can be made: " + reason
                + (isLogin
                        ? "; " + SaslConfigs.SASL_JAAS_CONFIG
                                + " has the form 'CLASS required username=\"NAME\" password=\"PASSWORD\";' with the class"
                                + " org.apache.kafka.common.security.scram.ScramLoginModule or, for "
                                + SaslConfigs.SASL_MECHANISM
                                + "=PLAIN, org.apache.kafka.common.security.plain.PlainLoginModule"
                        : "");
    }

    /** Why the brokers, or this program, do not take the other for whom it says that it is. */
    String unauthenticated(AuthenticationException failure) {
        return failure instanceof SslAuthenticationException
                ? "no TLS connection to the brokers at " + address + ": " + tls(failure)
                : "the brokers at " + address + " refuse the login of " + principal + " by " + mechanism + ": "
                        + failure.getMessage() + "; look at " + SaslConfigs.SASL_MECHANISM
                        + ", and at name and password in "
                        + SaslConfigs.SASL_JAAS_CONFIG;
    }

    private static String tls(Throwable failure) {
        if (has(failure, CertificateExpiredException.class)) {
            return "a certificate has expired (" + deepest(failure)
                    + "): renew the brokers', or this program's clock is wrong";
        }
        if (has(failure, CertificateNotYetValidException.class)) {
            return "a certificate is not valid yet (" + deepest(failure) + "): is this machine's clock right?";
        }
        String reason = deepest(failure);
        if (has(failure, CertPathBuilderException.class) || reason.contains("trust anchor")) {
            return "their certificate is signed by nobody who is trusted here: put the certificate of their authority into the"
                    + " file of ssl.truststore.location (PEM with ssl.truststore.type=PEM)";
        }
        if (reason.startsWith("No subject alternative") || reason.contains("No name matching")) {
            return "their certificate is for another host (" + reason
                    + "): use the name in the certificate in bootstrap.servers, and in the brokers' advertised.listeners";
        }
        if (reason.contains("certificate_required")
                || reason.contains("bad_certificate")
                || reason.contains("certificate_unknown")
                || reason.contains("certificate_expired")
                || reason.contains("unknown_ca")) {
            return "the brokers refuse the certificate of this program (" + reason
                    + "): look at ssl.keystore.location, and whether that certificate is valid and of an authority that"
                    + " they trust";
        }
        return reason + ": is the port one for TLS?";
    }

    /** What can be said before the first question: only what certainly is wrong. */
    Optional<String> mismatch() {
        for (InetSocketAddress server : servers()) {
            try {
                return mismatch(server, ListenerProbe.ask(server, mechanism));
            } catch (IOException e) {
                // Another may be there, or this one soon: Kafka's client tries again.
                LOG.debug("{} does not answer", server, e);
            }
        }
        return Optional.empty();
    }

    private Optional<String> mismatch(InetSocketAddress server, ListenerProbe.Answer answer) {
        boolean usesTls = protocol.endsWith("SSL");
        boolean logsIn = protocol.startsWith("SASL_");
        String wrong = switch (answer.kind()) {
            case TLS ->
                usesTls ? null : "speaks TLS; set it to " + (logsIn ? "SASL_SSL" : "SSL, or SASL_SSL with a login");
            case LOGIN -> usesTls || !logsIn ? "speaks no TLS and asks for a login; set it to SASL_PLAINTEXT" : null;
            case OTHER_LOGIN ->
                usesTls || !logsIn
                        ? "speaks no TLS and asks for a login by " + answer.mechanisms()
                                + "; set it to SASL_PLAINTEXT, with " + SaslConfigs.SASL_MECHANISM + " and "
                                + SaslConfigs.SASL_JAAS_CONFIG
                        : "takes logins by " + answer.mechanisms() + ", and " + SaslConfigs.SASL_MECHANISM + " is "
                                + mechanism;
            case NO_LOGIN -> usesTls || logsIn ? "has neither TLS nor logins; set it to PLAINTEXT" : null;
            case UNKNOWN -> null;
        };
        return Optional.ofNullable(wrong)
                .map(found -> CommonClientConfigs.SECURITY_PROTOCOL_CONFIG + " is " + protocol + ", but "
                        + server.getHostString() + ":" + server.getPort() + " " + found);
    }

    /** Why nobody answered in time. */
    String silence(int seconds) {
        Optional<String> mismatch = mismatch();
        if (mismatch.isPresent()) {
            return mismatch.get();
        }
        for (InetSocketAddress server : servers()) {
            try {
                ListenerProbe.ask(server, mechanism);
            } catch (IOException e) {
                return "no broker answered at " + address + " within " + seconds + " seconds: " + server.getHostString()
                        + ":"
                        + server.getPort() + " cannot be reached (" + e.getMessage()
                        + "); is it running, and is the port open to this machine?";
            }
        }
        return "no broker answered at " + address + " within " + seconds
                + " seconds: is it running, and is the address the one that it advertises?";
    }

    private List<InetSocketAddress> servers() {
        try {
            return ClientUtils.parseAndValidateAddresses(
                    List.of(address.split("\\s*,\\s*")), ClientDnsLookup.USE_ALL_DNS_IPS);
        } catch (KafkaException e) {
            return List.of();
        }
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> kind) {
        return causes(failure).anyMatch(kind::isInstance);
    }

    /** What is wrong with a key or a login is said two or three causes below. */
    private static String deepest(Throwable failure) {
        return causes(failure)
                .filter(cause -> cause.getMessage() != null)
                .reduce((first, second) -> second)
                .map(Throwable::getMessage)
                .orElseGet(failure::toString);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
