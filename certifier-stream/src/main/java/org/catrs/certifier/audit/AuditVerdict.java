// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.audit;

/** What an audit concludes about a certificate. */
public enum AuditVerdict {
    /** Every field is as it was replayed, and the signature, where that was asked for, is good. */
    HOLDS("holds", true),
    /** Counted elsewhere, votes differ, and those counted there show the label at the certificate's radius, too. */
    SURVIVES("survives", true),
    /** Counted elsewhere, votes differ, and those counted there show less than the certificate says. */
    DOES_NOT_SURVIVE("DOES NOT SURVIVE", false),
    /** It ran on a provider that is not here, so that nobody can tell whether its very votes come out. */
    PROVIDER_NOT_HERE("PROVIDER NOT HERE", false),
    /** Nobody can tell without the image. */
    IMAGE_NOT_GIVEN("IMAGE NOT GIVEN", false),
    /** A field is not what it must be. */
    DOES_NOT_HOLD("DOES NOT HOLD", false);

    private final String words;
    private final boolean isGood;

    AuditVerdict(String words, boolean isGood) {
        this.words = words;
        this.isGood = isGood;
    }

    /** Whether the certificate may be relied on. */
    public boolean isGood() {
        return isGood;
    }

    @Override
    public String toString() {
        return words;
    }
}
