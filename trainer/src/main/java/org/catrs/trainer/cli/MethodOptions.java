// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.catrs.schemas.InvalidDataException;
import org.catrs.trainer.method.MethodKind;
import org.catrs.trainer.method.TrainingMethod;
import org.catrs.trainer.method.hyperparameter.Hyperparameter;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/**
 * Options that choose and set up the training method: {@code --method}, and one for each hyperparameter of any method. The
 * latter are declared by the methods; a command that mixes this in has them when it names this as its model transformer.
 */
final class MethodOptions implements IModelTransformer {
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
        for (String name : hyperparameters().keySet()) {
            if (given.hasMatchedOption("--" + name)) {
                values.put(name, given.matchedOptionValue("--" + name, ""));
            }
        }
        return kind.create(values, epochs);
    }

    @Override
    public CommandSpec transform(CommandSpec command) {
        ArgGroupSpec.Builder group = ArgGroupSpec.builder()
                .heading("%nOptions of the methods; the defaults are the paper's on MNIST at sigma 0.50:%n")
                .validate(false);
        hyperparameters().forEach((name, kinds) -> group.addArg(option(name, kinds)));
        return command.addArgGroup(group.build());
    }

    /** All hyperparameters by name, and by the methods that have one of this name. */
    private static SortedMap<String, SortedMap<MethodKind, Hyperparameter<?>>> hyperparameters() {
        SortedMap<String, SortedMap<MethodKind, Hyperparameter<?>>> byName = new TreeMap<>();
        for (MethodKind kind : MethodKind.values()) {
            for (Hyperparameter<?> hyperparameter : kind.hyperparameters()) {
                byName.computeIfAbsent(hyperparameter.name(), name -> new TreeMap<>())
                        .put(kind, hyperparameter);
            }
        }
        return byName;
    }

    private static OptionSpec option(String name, SortedMap<MethodKind, Hyperparameter<?>> kinds) {
        Hyperparameter<?> any = kinds.values().iterator().next();
        List<String> defaults = new ArrayList<>();
        for (Map.Entry<MethodKind, Hyperparameter<?>> declared : kinds.entrySet()) {
            defaults.add(declared.getKey() + " " + declared.getValue().standard());
        }
        return OptionSpec.builder("--" + name)
                .type(String.class)
                .paramLabel(any.label())
                .description(String.format(
                        "%s; %s (default: %s).", any.meaning(), any.range().text(), String.join(", ", defaults)))
                .build();
    }
}
