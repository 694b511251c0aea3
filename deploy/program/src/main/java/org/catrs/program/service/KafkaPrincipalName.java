// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.service;

import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whom the brokers take a client for, as far as its settings tell. Brokers may have rules that give it another name. */
final class KafkaPrincipalName {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaPrincipalName.class);
    private static final Pattern USER = Pattern.compile("\\b(?:username|principal|clientId)\\s*=\\s*\"?([^\"\\s;]+)");
    private static final String UNKNOWN = "User:PRINCIPAL";

    private KafkaPrincipalName() {}

    /** Such as "User:certifier"; "User:PRINCIPAL" where the settings do not tell. */
    static String of(Map<String, ?> properties) {
        String protocol =
                text(properties, CommonClientConfigs.SECURITY_PROTOCOL_CONFIG).toUpperCase(Locale.ROOT);
        if (protocol.startsWith("SASL_")) {
            Matcher user = USER.matcher(text(properties, SaslConfigs.SASL_JAAS_CONFIG));
            return user.find() ? "User:" + user.group(1) : UNKNOWN;
        }
        String store = text(properties, SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG);
        if (protocol.equals("SSL") && !store.isEmpty()) {
            return subject(new File(store), text(properties, SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG));
        }
        return "User:ANONYMOUS";
    }

    private static String subject(File store, String password) {
        try {
            KeyStore keys = KeyStore.getInstance(store, password.toCharArray());
            for (String alias : Collections.list(keys.aliases())) {
                Certificate certificate = keys.getCertificate(alias);
                if (keys.isKeyEntry(alias) && certificate instanceof X509Certificate known) {
                    return "User:" + known.getSubjectX500Principal().getName();
                }
            }
        } catch (GeneralSecurityException | IOException e) {
            LOG.debug("{} does not tell whom the brokers take its owner for", store, e);
        }
        return UNKNOWN;
    }

    private static String text(Map<String, ?> properties, String key) {
        Object value = properties.get(key);
        return value == null ? "" : value.toString().strip();
    }
}
