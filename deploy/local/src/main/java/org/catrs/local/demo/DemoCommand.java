// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.local.demo;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.catrs.local.process.FrontDoor;
import org.catrs.local.process.StepFailedException;
import org.catrs.schemas.dataset.DatasetKind;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains a model and certifies a stream of images with it. */
@Command(
        name = "demo",
        description =
                "Trains a model, starts a broker and the certifier on this machine, sends test images through them,"
                        + " and prints each certified label and a summary.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--dataset",
            paramLabel = "D",
            description = "mnist or digits; MNIST where it is found and digits, which are drawn, where it is not.")
    private @Nullable DatasetKind dataset;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder that holds MNIST, or its parent; CATRS_DATA or ../shared/data beside the project"
                    + " where none is given.")
    private @Nullable Path data;

    @Option(
            names = "--model",
            paramLabel = "DIR|NAME",
            description = "Takes this trained model instead of training one: its folder, or the name of one that comes"
                    + " with catrs, such as mnist-0.50.")
    private @Nullable String model;

    @Option(
            names = "--images",
            paramLabel = "K",
            defaultValue = "100",
            description = "Test images to certify; ${DEFAULT-VALUE} where none is given.")
    private int images;

    @Option(
            names = "--n",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Noise samples for each certificate; ${DEFAULT-VALUE} where none is given.")
    private long n;

    @Option(
            names = "--sigma",
            paramLabel = "S",
            defaultValue = "0.5",
            description = "Standard deviation of the noise, in units of pixels scaled to [0, 1]; ${DEFAULT-VALUE} where"
                    + " none is given.")
    private double sigma;

    @Option(
            names = "--method",
            paramLabel = "M",
            defaultValue = "cat-rs",
            description = "How the model is trained: cat-rs or gaussian; ${DEFAULT-VALUE} where none is given.")
    private String method = "";

    @Option(
            names = "--epochs",
            paramLabel = "E",
            description = "Times that training goes through the training images, also a fraction; as many as"
                    + " 25,800 images take where none is given.")
    private @Nullable Double epochs;

    @Option(names = "--keep", description = "Keeps the broker and the certifier running until Ctrl-C.")
    private boolean keep;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "catrs-demo",
            description = "Where the results are kept; ${DEFAULT-VALUE} where none is given.")
    private Path out = Path.of("");

    @Override
    public Integer call() throws InterruptedException {
        requireSensible();
        DemoData chosen = DemoData.choose(dataset, data);
        double trainingEpochs = epochs == null ? chosen.defaultEpochs() : epochs;
        DemoPlan plan = new DemoPlan(chosen, model, method, sigma, trainingEpochs, images, n);
        try {
            new Demo(plan, new DemoFolder(out), FrontDoor.ofThisProcess()).run(keep);
            return ExitCode.OK;
        } catch (StepFailedException e) {
            System.err.println("error: " + e.getMessage());
        } catch (CancellationException e) {
            System.err.println("stopped");
        }
        return ExitCode.SOFTWARE;
    }

    private void requireSensible() {
        require(images > 0, "--images needs a number above 0, not " + images);
        require(n > 0, "--n needs a number above 0, not " + n);
        require(sigma > 0 && Double.isFinite(sigma), "--sigma needs a number above 0, not " + sigma);
        require(epochs == null || epochs > 0, "--epochs needs a number above 0, not " + epochs);
    }

    private void require(boolean holds, String message) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
