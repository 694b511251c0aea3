// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.paper;

import java.util.List;

/**
 * A row of a result table.
 *
 * @param id names the row in its table, in lower case with hyphens; fit for a file name
 * @param sigma standard deviation of the noise, as the paper prints it, such as {@code 0.50}
 * @param method training method, as the train command takes it
 * @param setup what the paper calls the row
 * @param dataset kind of the data set, as the commands take it
 * @param preset preset of the train command that the row was trained by
 * @param overrides options of the train command that the row changes in its preset
 * @param averageCertifiedRadius ACR that the paper reports
 * @param certifiedAccuracies in %, one for each radius of the table
 */
public record PaperRow(
        String id,
        String sigma,
        String method,
        String setup,
        String dataset,
        String preset,
        List<String> overrides,
        double averageCertifiedRadius,
        List<Double> certifiedAccuracies) {
    public PaperRow {
        overrides = List.copyOf(overrides);
        certifiedAccuracies = List.copyOf(certifiedAccuracies);
    }
}
