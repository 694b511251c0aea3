// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The fields in which a certificate differs from what its replay gives. */
final class Differences {
    private final List<String> found = new ArrayList<>();

    private Differences() {}

    /** One sentence for each field, in the order of the certificate's. */
    static List<String> between(JsonNode certificate, JsonNode replayed) {
        Differences differences = new Differences();
        differences.compare("", certificate, replayed);
        return differences.found;
    }

    private void compare(String path, JsonNode certificate, JsonNode replayed) {
        if (certificate.isObject() && replayed.isObject()) {
            Set<String> names = new LinkedHashSet<>();
            certificate.fieldNames().forEachRemaining(names::add);
            replayed.fieldNames().forEachRemaining(names::add);
            String prefix = path.isEmpty() ? "" : path + ".";
            names.forEach(name -> compare(prefix + name, certificate.path(name), replayed.path(name)));
        } else if (!certificate.equals(replayed)) {
            found.add(path + " is " + certificate + ", replayed " + replayed);
        }
    }
}
