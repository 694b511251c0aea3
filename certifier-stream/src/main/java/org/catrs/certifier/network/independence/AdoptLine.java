// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

/** What to type for a network that cannot be certified as it is, but can be adopted: the end of a refusal's message. */
public final class AdoptLine {
    private AdoptLine() {}

    /**
     * The end of a sentence.
     *
     * @param source names the network's file
     * @param options what has to be said of it; empty where its file says all
     */
    public static String of(String source, String... options) {
        String more = options.length == 0 ? "" : " " + String.join(" ", options);
        return "; make a model of it with: deploy/catrs adopt " + source + " --out MODEL" + more;
    }
}
