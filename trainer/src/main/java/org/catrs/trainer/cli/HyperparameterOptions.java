// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.catrs.trainer.method.Hyperparameter;
import org.catrs.trainer.method.MethodKind;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Gives a command an option for each hyperparameter of any method. */
final class HyperparameterOptions implements IModelTransformer {
    /** Names of all hyperparameters, without dashes. */
    static SortedSet<String> names() {
        return (SortedSet<String>) byName().keySet();
    }

    private static SortedMap<String, Map<MethodKind, Hyperparameter<?>>> byName() {
        SortedMap<String, Map<MethodKind, Hyperparameter<?>>> byName = new TreeMap<>();
        for (MethodKind kind : MethodKind.values()) {
            for (Hyperparameter<?> hyperparameter : kind.hyperparameters()) {
                byName.computeIfAbsent(hyperparameter.name(), name -> new TreeMap<>())
                        .put(kind, hyperparameter);
            }
        }
        return byName;
    }

    @Override
    public CommandSpec transform(CommandSpec command) {
        ArgGroupSpec.Builder group = ArgGroupSpec.builder()
                .heading("%nOptions of the methods; the defaults are the paper's on MNIST at sigma 0.50:%n")
                .validate(false);
        byName().forEach((name, kinds) -> group.addArg(option(name, kinds)));
        return command.addArgGroup(group.build());
    }

    private static OptionSpec option(String name, Map<MethodKind, Hyperparameter<?>> kinds) {
        Hyperparameter<?> any = kinds.values().iterator().next();
        List<String> defaults = new ArrayList<>();
        kinds.forEach((kind, hyperparameter) -> defaults.add(kind + " " + hyperparameter.standard()));
        return OptionSpec.builder("--" + name)
                .type(String.class)
                .paramLabel(any.label())
                .description(String.format(
                        "%s; %s (default: %s).", any.meaning(), any.range().text(), String.join(", ", defaults)))
                .build();
    }
}
