// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.catrs.certifier.network.model.QuantizedModel;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.program.terminal.DatasetOptions;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.dataset.Split;
import org.catrs.schemas.model.CalibrationImages;
import org.catrs.schemas.model.ModelManifest.Quantization;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes the quantised network of a model. */
@Command(
        name = "quantize",
        description = "Makes a quantised network of a model, which certifies several times faster on CPUs. It is a "
                + "model of its own, in the model's folder, and what --precision int8 runs.",
        mixinStandardHelpOptions = true)
public final class QuantizeCommand implements Runnable {
    @Option(names = "--model", required = true, paramLabel = "DIR", description = "folder of a trained model")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path model;

    @Option(
            names = "--sigma",
            paramLabel = "S",
            description =
                    "standard deviation of the noise that it will be certified with, in units of pixels scaled to "
                            + "[0, 1] (default: what the model was trained at)")
    private @Nullable Double sigma;

    @ArgGroup(exclusive = false, heading = "Images to calibrate with (default: those that training kept):%n")
    private @Nullable DatasetOptions dataset;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        requireSigma();
        CalibrationImages images = dataset == null ? null : CalibrationImages.of(dataset.open(Split.TRAIN));
        QuantizedModel made = QuantizedModel.make(model, sigma, images);
        Quantization how = made.quantization();
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%s%n", made.folder());
        out.printf("SHA-256 %s%n", made.manifest().sha256());
        out.printf(
                "same label as in fp32 on %.3f%% of %d noisy images (sigma %s)%n",
                100 * how.argmaxAgreement(), how.comparedImages(), how.sigma());
        out.flush();
    }

    private void requireSigma() {
        try {
            if (sigma != null) {
                NoiseKind.requireSigma(sigma);
            }
        } catch (InvalidDataException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
