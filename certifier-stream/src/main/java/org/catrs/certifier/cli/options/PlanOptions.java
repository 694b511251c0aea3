// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli.options;

import java.time.Duration;
import org.catrs.certifier.smoothing.PlanRequest;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.SamplingPlan.Kind;
import org.catrs.schemas.InvalidDataException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options that say how samples are spent. Mixed into a picocli command. */
final class PlanOptions {
    /** On a command line, nobody else waits for the image. */
    private static final Duration LONGEST = Duration.ofDays(365);

    @Option(
            names = "--plan",
            paramLabel = "PLAN",
            converter = KindConverter.class,
            description = "how samples are spent: fixed (all N), adaptive (as many as the question needs), or deadline "
                    + "(as many as the time allows) (default: the one that the next options ask for, or the model's "
                    + "manifest, or fixed)")
    private @Nullable Kind kind;

    @Option(
            names = "--target-radius",
            paramLabel = "R",
            description = "stop when the label is certified at this radius, or that is out of reach")
    private @Nullable Double targetRadius;

    @Option(
            names = "--radius-fraction",
            paramLabel = "F",
            description = "stop when the radius is this share of what N samples could give, such as 0.9")
    private @Nullable Double radiusFraction;

    @Option(
            names = "--deadline",
            paramLabel = "SECONDS",
            description = "stop when an image has taken so long; whatever was shown by then is certified")
    private @Nullable Double deadlineSeconds;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    /**
     * What is asked for.
     *
     * @throws ParameterException when an option is out of its range, or two contradict each other
     */
    PlanRequest request() {
        try {
            return new PlanRequest(kind, targetRadius, radiusFraction, deadlineSeconds);
        } catch (InvalidDataException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    /**
     * The plan.
     *
     * @param manifest what the model asks for where the options ask for nothing
     */
    SamplingPlan plan(PlanRequest manifest) {
        return manifest.refinedBy(request()).plan(LONGEST);
    }

    private static final class KindConverter implements ITypeConverter<Kind> {
        @Override
        public Kind convert(String name) {
            try {
                return Kind.parse(name);
            } catch (InvalidDataException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
