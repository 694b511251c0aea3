// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli.options;

import java.time.Duration;
import org.catrs.certifier.network.model.OpenModel;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.stream.settings.CertificationSettings;
import org.catrs.program.settings.Declarations;
import org.catrs.program.settings.Environment;
import org.catrs.schemas.InvalidDataException;
import picocli.CommandLine;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Which model a command certifies with, and how: the settings of the service, as options. */
public final class CertificationChoice {
    /** On a command line, nobody else waits for the image. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private static final Declarations DECLARATIONS = CertificationSettings.declarations();

    private final CommandSpec command;
    private final CertificationSettings settings;

    private CertificationChoice(CommandSpec command, CertificationSettings settings) {
        this.command = command;
        this.settings = settings;
    }

    /** Gives a command the options. */
    public static final class Options implements IModelTransformer {
        @Override
        public CommandSpec transform(CommandSpec command) {
            return DECLARATIONS.addOptionsTo(command);
        }
    }

    /**
     * Reads the options of a command that was parsed.
     *
     * @throws ParameterException when one is out of its range, or two contradict each other
     */
    public static CertificationChoice of(CommandSpec command) {
        CommandLine parsed = command.commandLine();
        return new CertificationChoice(
                command,
                DECLARATIONS
                        .given(parsed.getParseResult(), null, Environment.ofProcess())
                        .read(parsed, CertificationSettings::of));
    }

    /**
     * Opens the model.
     *
     * @throws InvalidDataException when it cannot be used
     * @throws ParameterException when none is named
     */
    public OpenModel openModel() {
        if (settings.model() == null) {
            throw new ParameterException(command.commandLine(), "Missing required option: '--model=MODEL'");
        }
        return OpenModel.open(settings.model(), settings.modelOptions());
    }

    /** How to certify with a model that {@link #openModel()} gave, by the plan that {@link #plan} gives. */
    public SmoothingParameters parameters(OpenModel opened) {
        return parameters(opened, plan(opened).kind());
    }

    /** How to certify with a model that {@link #openModel()} gave, by a plan of a kind. */
    public SmoothingParameters parameters(OpenModel opened, SamplingPlan.Kind kind) {
        return settings.parameters(opened.sigma(), kind);
    }

    /** How samples are spent: as the options say, or the model's manifest where they say nothing. */
    public SamplingPlan plan(OpenModel opened) {
        return opened.plan().request().refinedBy(settings.plan()).plan(LONGEST);
    }
}
