// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.service;

import java.util.Locale;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;

/** An operation that the brokers do not allow, on a resource of theirs. */
record LackingRight(AclOperation operation, ResourceType type, String name) implements Comparable<LackingRight> {
    /** Such as "WRITE topic 'images-rejected'". */
    @Override
    public String toString() {
        return operation + " " + type.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " '" + name + "'";
    }

    /** The command that grants it. A transactional id is granted with all that begin as it does. */
    String grant(String address, String principal) {
        String resource = switch (type) {
            case TOPIC -> "--topic '" + name + "'";
            case GROUP -> "--group '" + name + "'";
            case TRANSACTIONAL_ID -> "--resource-pattern-type prefixed --transactional-id '" + name + "'";
            case ANY, CLUSTER, DELEGATION_TOKEN, UNKNOWN, USER ->
                throw new IllegalStateException("no service needs a right to " + type);
        };
        return "kafka-acls.sh --bootstrap-server " + address + " --add --allow-principal '" + principal
                + "' --operation " + operation + " " + resource;
    }

    @Override
    public int compareTo(LackingRight other) {
        int types = type.compareTo(other.type);
        int names = types == 0 ? name.compareTo(other.name) : types;
        return names == 0 ? operation.compareTo(other.operation) : names;
    }
}
