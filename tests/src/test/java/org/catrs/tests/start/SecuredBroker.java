// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.start;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.catrs.local.broker.EmbeddedBroker;
import org.catrs.tests.ForkPorts;

/**
 * A broker with three listeners: one for its administrator, one that asks for a login (SASL PLAIN; the password of NAME is
 * NAME-secret) and grants nothing unless told to, and one with TLS.
 */
final class SecuredBroker implements AutoCloseable {
    static final List<String> USERS = List.of("certifier", "trainer", "producer", "consumer", "operator");

    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";

    private final EmbeddedBroker broker;
    private final Admin admin;
    private final int loginPort;
    private final int tlsPort;

    private SecuredBroker(EmbeddedBroker broker, int loginPort, int tlsPort) {
        this.broker = broker;
        this.loginPort = loginPort;
        this.tlsPort = tlsPort;
        this.admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    /** @param keys what the listener with TLS shows */
    static SecuredBroker start(Path work, TestKeys keys) {
        int port = ForkPorts.free();
        int loginPort = ForkPorts.free();
        int tlsPort = ForkPorts.free();
        Map<String, String> settings = new HashMap<>();
        settings.put("listeners", "LOGIN://127.0.0.1:" + loginPort + ",TLS://127.0.0.1:" + tlsPort);
        settings.put("listener.security.protocol.map", "LOGIN:SASL_PLAINTEXT,TLS:SSL");
        settings.put("sasl.enabled.mechanisms", "PLAIN");
        StringBuilder users = new StringBuilder(LOGIN);
        USERS.forEach(user -> users.append(" user_" + user + "=\"" + user + "-secret\""));
        settings.put("listener.name.login.plain.sasl.jaas.config", users + ";");
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        settings.put("super.users", "User:ANONYMOUS");
        settings.put("listener.name.tls.ssl.keystore.location", keys.store().toString());
        settings.put("listener.name.tls.ssl.keystore.password", TestKeys.PASSWORD);
        settings.put("listener.name.tls.ssl.key.password", TestKeys.PASSWORD);
        return new SecuredBroker(EmbeddedBroker.start(work.resolve("broker"), port, settings), loginPort, tlsPort);
    }

    /** Where everything is allowed, without a login. */
    String plainAddress() {
        return broker.bootstrapServers();
    }

    String loginAddress() {
        return "127.0.0.1:" + loginPort;
    }

    String tlsAddress() {
        return "127.0.0.1:" + tlsPort;
    }

    /** Settings with which a user logs in. */
    Map<String, String> loginOf(String user) {
        return login(user, user + "-secret");
    }

    Map<String, String> login(String user, String password) {
        return Map.of(
                "bootstrap.servers",
                loginAddress(),
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                LOGIN + " username=\"" + user + "\" password=\"" + password + "\";");
    }

    Admin admin() {
        return admin;
    }

    /** Takes all rights from everybody, and grants these; returns when the broker goes by them. */
    void grantOnly(Collection<AclBinding> rights) throws ExecutionException, InterruptedException {
        admin.deleteAcls(List.of(AclBindingFilter.ANY)).all().get();
        admin.createAcls(rights).all().get();
        await().until(() ->
                List.copyOf(admin.describeAcls(AclBindingFilter.ANY).values().get())
                                .size()
                        == rights.size());
    }

    static AclBinding allow(String user, ResourcePattern resource, AclOperation operation) {
        return new AclBinding(
                resource, new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
    }

    @Override
    public void close() {
        admin.close();
        broker.close();
    }
}
