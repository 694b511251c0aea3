// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.preset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.catrs.schemas.model.HyperparameterNames;
import org.catrs.trainer.method.MethodKind;
import org.catrs.trainer.method.hyperparameter.Hyperparameter;

/** Arguments of the train command as its parser takes them: a preset written out, all options in today's spelling. */
public final class PresetArguments {
    private static final String PRESET = "--preset";
    private static final String EPOCHS = "epochs";

    /** Two ways to say how many images a step takes; one that is given overrides both of a preset. */
    private static final Set<String> BATCHES = Set.of("batch", "loader-batch");

    /** Options without a value, which {@code --no-} turns off. */
    private static final Set<String> FLAGS = Set.of("nesterov", "flip");

    private static final Pattern OPTION = Pattern.compile("--([^=]*)(|=.*)", Pattern.DOTALL);

    private PresetArguments() {}

    /**
     * Puts the options of the preset that some arguments name before these, but for those that they override. Where they
     * override the number of epochs, what the preset counts in epochs keeps its share of them. Options in an earlier
     * spelling get the one of today.
     *
     * @param arguments options of the train command with their values, each as {@code --name value} or
     *     {@code --name=value}
     * @return the arguments alone, when they name no preset that there is
     */
    public static List<String> expand(List<String> arguments) {
        return withPreset(
                arguments.stream().map(PresetArguments::inTodaysSpelling).toList());
    }

    private static String inTodaysSpelling(String argument) {
        Matcher option = OPTION.matcher(argument);
        return option.matches() ? "--" + HyperparameterNames.current(option.group(1)) + option.group(2) : argument;
    }

    private static List<String> withPreset(List<String> arguments) {
        Optional<String> name = value(PRESET, arguments);
        if (name.filter(Preset.names()::contains).isEmpty()) {
            return arguments;
        }
        Set<String> given = names(arguments);
        SortedMap<String, String> options =
                new TreeMap<>(Preset.named(name.get()).options());
        value("--" + EPOCHS, arguments)
                .flatMap(PresetArguments::number)
                .ifPresent(epochs -> rescale(options, epochs / Double.parseDouble(options.get(EPOCHS))));
        options.keySet().removeAll(given);
        if (BATCHES.stream().anyMatch(given::contains)) {
            options.keySet().removeAll(BATCHES);
        }
        List<String> expanded = new ArrayList<>();
        options.forEach((option, value) -> expanded.addAll(argument(option, value)));
        expanded.addAll(arguments);
        return expanded;
    }

    private static void rescale(SortedMap<String, String> options, double factor) {
        Arrays.stream(MethodKind.values())
                .flatMap(kind -> kind.hyperparameters().stream())
                .filter(Hyperparameter::inEpochs)
                .map(Hyperparameter::name)
                .distinct()
                .forEach(name -> options.computeIfPresent(
                        name, (same, epochs) -> Double.toString(Double.parseDouble(epochs) * factor)));
    }

    /** Flags are given or not; all other options have a value. */
    private static List<String> argument(String option, String value) {
        if (FLAGS.contains(option)) {
            return Boolean.parseBoolean(value) ? List.of("--" + option) : List.of();
        }
        return List.of("--" + option + "=" + value);
    }

    private static Set<String> names(List<String> arguments) {
        return arguments.stream()
                .filter(argument -> argument.startsWith("--"))
                .map(argument -> argument.substring(2).replaceFirst("=.*", "").replaceFirst("^no-", ""))
                .collect(Collectors.toSet());
    }

    /** The value of an option, the last when it is given more than once. */
    private static Optional<String> value(String option, List<String> arguments) {
        Optional<String> value = Optional.empty();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.startsWith(option + "=")) {
                value = Optional.of(argument.substring(option.length() + 1));
            } else if (argument.equals(option) && i + 1 < arguments.size()) {
                value = Optional.of(arguments.get(i + 1));
            }
        }
        return value;
    }

    private static Optional<Double> number(String text) {
        try {
            return Optional.of(Double.valueOf(text));
        } catch (NumberFormatException reportedByTheParser) {
            return Optional.empty();
        }
    }
}
