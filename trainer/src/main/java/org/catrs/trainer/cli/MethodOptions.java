// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.cli;

import java.util.SortedMap;
import java.util.TreeMap;
import org.catrs.schemas.InvalidDataException;
import org.catrs.trainer.method.MethodKind;
import org.catrs.trainer.method.TrainingMethod;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** Options that choose and set up the training method. */
final class MethodOptions {
    @Option(
            names = "--method",
            required = true,
            description = "Training method: ${COMPLETION-CANDIDATES}.",
            paramLabel = "METHOD")
    private MethodKind kind = MethodKind.CAT_RS;

    /** Name of the method. */
    String name() {
        return kind.toString();
    }

    /**
     * The method that was chosen.
     *
     * @param epochs passes over the data that the training will make
     * @throws InvalidDataException when an option is out of its range, or is given and the method does not read it
     */
    TrainingMethod method(ParseResult given, double epochs) {
        SortedMap<String, String> values = new TreeMap<>();
        for (String name : HyperparameterOptions.names()) {
            if (given.hasMatchedOption("--" + name)) {
                values.put(name, given.matchedOptionValue("--" + name, ""));
            }
        }
        return kind.create(values, epochs);
    }
}
