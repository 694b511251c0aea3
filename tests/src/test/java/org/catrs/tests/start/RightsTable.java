// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.start;

import static org.catrs.tests.start.SecuredBroker.allow;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.catrs.tests.Checkout;

/** The table of rights in deploy/OPERATING.md: each operation of each row is a right. */
public final class RightsTable {
    private static final Pattern ROW =
            Pattern.compile("\\| (\\w+) \\| (topic|group|transactional id) \\| `([^`]+)` \\| ([A-Z_, ]+) \\|");

    private RightsTable() {}

    /** All rights of a user. */
    public static List<AclBinding> of(String user) throws IOException {
        return Files.readAllLines(Checkout.ROOT.resolve("deploy/OPERATING.md")).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .filter(row -> row.group(1).equals(user))
                .flatMap(RightsTable::rights)
                .toList();
    }

    private static Stream<AclBinding> rights(Matcher row) {
        ResourceType type = ResourceType.valueOf(row.group(2).replace(' ', '_').toUpperCase(Locale.ROOT));
        String name = row.group(3);
        ResourcePattern resource = name.endsWith("*")
                ? new ResourcePattern(type, name.substring(0, name.length() - 1), PatternType.PREFIXED)
                : new ResourcePattern(type, name, PatternType.LITERAL);
        return Arrays.stream(row.group(4).split(", "))
                .map(operation -> allow(row.group(1), resource, AclOperation.valueOf(operation)));
    }
}
