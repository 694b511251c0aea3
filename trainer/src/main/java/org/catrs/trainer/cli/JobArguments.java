// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.catrs.program.option.Choices;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.dataset.Split;
import org.catrs.schemas.event.TrainingJob;
import org.catrs.schemas.store.StorePath;
import org.catrs.trainer.jobs.OrderedTraining;
import org.catrs.trainer.method.TrainingMethod;
import org.catrs.trainer.preset.PresetArguments;
import org.catrs.trainer.task.TrainingTask;
import org.catrs.trainer.training.recipe.TrainingRecipe;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The hyperparameters of a training job, read as arguments of the train command, without those that name files. */
@Command(name = "job", modelTransformer = MethodOptions.class)
final class JobArguments {
    /** What a job says elsewhere, and what names files of the machine that trains. */
    private static final Set<String> NOT_OF_A_JOB = Set.of("dataset", "data", "name", "preset", "init-from");

    private static final Pattern OPTION_NAME = Pattern.compile("[a-z0-9-]+");

    @Mixin
    private TrainOptions options = new TrainOptions();

    private JobArguments() {}

    /**
     * Reads a job.
     *
     * @param data folder of the data sets' files; null where there is none
     * @throws InvalidDataException when it orders what cannot be done
     */
    static OrderedTraining read(TrainingJob job, @Nullable Path data) {
        StorePath.requireName(job.model(), "model");
        JobArguments read = new JobArguments();
        ParseResult given = read.parse(job, data);
        TrainingMethod method = read.options.method(given);
        TrainingRecipe recipe = read.options.recipe(method);
        if (!(recipe.sigma() > 0)) {
            throw new InvalidDataException(
                    "sigma must be above 0, found " + recipe.sigma() + ": a model without noise certifies nothing");
        }
        TrainingTask task = read.options.open(recipe, method);
        return new OrderedTraining(task, read.options.open(Split.TEST));
    }

    private ParseResult parse(TrainingJob job, @Nullable Path data) {
        List<String> arguments = new ArrayList<>(List.of("--dataset=" + job.dataset(), "--name=" + job.model()));
        if (data != null) {
            arguments.add("--data=" + data);
        }
        if (job.preset() != null) {
            arguments.add("--preset=" + job.preset());
        }
        for (Map.Entry<String, String> option : new TreeMap<>(job.hyperparameters()).entrySet()) {
            if (NOT_OF_A_JOB.contains(option.getKey())
                    || !OPTION_NAME.matcher(option.getKey()).matches()) {
                throw new InvalidDataException("hyperparameter " + option.getKey() + " cannot be chosen by a job");
            }
            arguments.add("--" + option.getKey() + "=" + option.getValue());
        }
        try {
            return Choices.readIn(new CommandLine(this))
                    .setExpandAtFiles(false)
                    .parseArgs(PresetArguments.expand(arguments).toArray(String[]::new));
        } catch (ParameterException e) {
            throw new InvalidDataException("the job cannot be done: " + e.getMessage(), e);
        }
    }
}
