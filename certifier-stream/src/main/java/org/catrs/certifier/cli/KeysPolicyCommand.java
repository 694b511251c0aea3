// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Stream;
import org.catrs.certifier.cli.options.CertificationChoice;
import org.catrs.certifier.network.model.OpenModel;
import org.catrs.certifier.smoothing.SamplingPlan.Kind;
import org.catrs.certifier.stream.outcome.CertifiedPredictions;
import org.catrs.certifier.stream.seed.NoisePolicy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints policies. */
@Command(
        name = "policy",
        description =
                "Prints the policies under which seeds are forced, to be published before there are images: on each line"
                        + " the SHA-256 and the canonical JSON that it is of.",
        footer = {
            "",
            "There is one for each plan, since the headers of an image may ask for any; only that of the plan that --plan,"
                    + " --target-radius, --radius-fraction or --deadline asks for, where one is given. Radius and time are"
                    + " not in it. Give the options as 'serve' or 'certify' will have them. 'serve' takes n from the"
                    + " manifest of a model that has one, up to n.max: give that as --n."
        },
        sortOptions = false,
        modelTransformer = CertificationChoice.Options.class,
        mixinStandardHelpOptions = true)
final class KeysPolicyCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        CertificationChoice certification = CertificationChoice.of(spec);
        PrintWriter out = spec.commandLine().getOut();
        try (OpenModel model = certification.openModel()) {
            CertifiedPredictions predictions = CertifiedPredictions.by(model);
            for (Kind kind : kinds(certification, model)) {
                NoisePolicy policy = predictions.policy(certification.parameters(model, kind), kind);
                out.println(policy.sha256() + "  " + policy.json());
            }
        }
        out.flush();
    }

    private List<Kind> kinds(CertificationChoice certification, OpenModel model) {
        boolean isAsked = Stream.of("--plan", "--target-radius", "--radius-fraction", "--deadline")
                .anyMatch(spec.commandLine().getParseResult()::hasMatchedOption);
        return isAsked ? List.of(certification.plan(model).kind()) : List.of(Kind.values());
    }
}
