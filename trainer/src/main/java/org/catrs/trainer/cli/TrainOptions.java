// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.catrs.program.terminal.DatasetOptions;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.dataset.Dataset;
import org.catrs.schemas.dataset.Split;
import org.catrs.trainer.architecture.Architecture;
import org.catrs.trainer.method.TrainingMethod;
import org.catrs.trainer.preset.Preset;
import org.catrs.trainer.task.TrainingTask;
import org.catrs.trainer.training.recipe.PretrainedNetwork;
import org.catrs.trainer.training.recipe.TrainingRecipe;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/**
 * The options that say what is to be trained: those of the train command, and the hyperparameters of a training job. A
 * command that mixes it in names {@link MethodOptions} as its model transformer.
 */
final class TrainOptions {
    @Option(
            names = "--preset",
            converter = PresetName.class,
            description =
                    "Take the options of a preset, such as mnist/sigma-1.00/cat-rs for a row of the paper's tables or"
                            + " mnist/fast/sigma-1.00/cat-rs for few epochs; options beside it override its. list: all there"
                            + " are.",
            paramLabel = "PRESET")
    private @Nullable String preset;

    @Mixin
    private DatasetOptions datasets = new DatasetOptions();

    @Option(
            names = "--arch",
            defaultValue = "lenet",
            description = "Network: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            paramLabel = "ARCH")
    private Architecture architecture = Architecture.LENET;

    @Mixin
    private InputOptions input = new InputOptions();

    @Option(
            names = "--init-from",
            description = "Begin with the parameters of a training or a model in this folder, or of a model that comes"
                    + " with catrs, of the same network and with its normalization, in place of random ones.",
            paramLabel = "DIR|NAME")
    private @Nullable Path initFrom;

    @Mixin
    private MethodOptions methods = new MethodOptions();

    @Option(
            names = "--sigma",
            required = true,
            description = "Standard deviation of the noise, in units of pixels scaled to [0, 1].",
            paramLabel = "SIGMA")
    private double sigma;

    @Mixin
    private OptimizerOptions optimizer = new OptimizerOptions();

    @Option(
            names = "--seed",
            defaultValue = "0",
            description = "Equal seeds give equal weights on the same machine (default: ${DEFAULT-VALUE}).",
            paramLabel = "SEED")
    private long seed;

    @Option(
            names = "--name",
            description = "Name of the model (default: made of data set, network, method and sigma).",
            paramLabel = "NAME")
    private @Nullable String name;

    /**
     * The method that was chosen.
     *
     * @param given what the options were parsed from
     * @throws InvalidDataException when an option is out of its range, or is given and the method does not read it
     */
    TrainingMethod method(ParseResult given) {
        return methods.method(given, optimizer.epochs());
    }

    /** @throws InvalidDataException when an option is out of its range */
    TrainingRecipe recipe(TrainingMethod method) {
        if (initFrom != null && input.normalizationIsGiven()) {
            throw new InvalidDataException("--normalization is that of the network in --init-from; leave it out");
        }
        return new TrainingRecipe(
                architecture,
                input.normalization(datasets.kind()),
                input.augmentation(datasets.kind()),
                methods.name(),
                recorded(method),
                sigma,
                optimizer.epochs(),
                optimizer.batch(method.chunks()),
                optimizer.slice(),
                optimizer.optimizer(),
                seed,
                null);
    }

    /**
     * Opens the data.
     *
     * @throws InvalidDataException when it is missing or damaged
     */
    TrainingTask open(TrainingRecipe recipe, TrainingMethod method) {
        Dataset dataset = open(Split.TRAIN);
        TrainingRecipe whole = initFrom == null ? recipe : recipe.beginningWith(PretrainedNetwork.read(initFrom));
        return new TrainingTask(modelName(dataset), whole, method, dataset);
    }

    /**
     * Opens a split of the data.
     *
     * @throws InvalidDataException when it is missing or damaged
     */
    Dataset open(Split split) {
        return datasets.open(split);
    }

    /** The method's hyperparameters, and the preset that the user began with. */
    private SortedMap<String, String> recorded(TrainingMethod method) {
        SortedMap<String, String> values = new TreeMap<>(method.hyperparameters());
        if (preset != null) {
            values.put("preset", preset);
        }
        return values;
    }

    /** Takes the names of presets alone. */
    private static final class PresetName implements ITypeConverter<String> {
        @Override
        public String convert(String name) {
            try {
                return Preset.named(name).name();
            } catch (InvalidDataException unknown) {
                throw new TypeConversionException(unknown.getMessage());
            }
        }
    }

    private String modelName(Dataset dataset) {
        if (name != null) {
            return name;
        }
        String data = dataset.name().replaceFirst("/.*", "");
        return String.format(Locale.ROOT, "%s-%s-%s-%.2f", data, architecture, methods.name(), sigma);
    }
}
