// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.bound;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Values that bound/reference.py wrote: mpmath's, to 35 digits, in agreement with SciPy's. */
public final class Reference {
    private Reference() {}

    /** The fields of a table's lines below its heading. */
    public static List<String[]> rows(String file) {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(Reference.class.getResourceAsStream(file), StandardCharsets.US_ASCII))) {
            return lines.lines().skip(1).map(line -> line.split("\t")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How far a value lies below the true one, relatively; negative when above. */
    static double shortfall(double value, BigDecimal truth) {
        return truth.subtract(new BigDecimal(value)).doubleValue() / truth.doubleValue();
    }
}
