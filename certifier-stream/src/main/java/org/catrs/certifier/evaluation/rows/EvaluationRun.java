// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.rows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.catrs.certifier.network.model.OpenModel;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.json.JsonRecords;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation file is of. Kept beside it as JSON, so that a run goes on in its own file only.
 *
 * @param model the model that is evaluated
 * @param engine what it runs on
 * @param sigma standard deviation of the noise, in units of pixels scaled to [0, 1]
 * @param alpha failure probability of a certificate
 * @param n0 number of selection samples
 * @param n number of estimation samples, at most where the plan is not fixed
 * @param noise kind of the noise
 * @param dataset name of the data set and its split
 * @param datasetSha256 hash of its images and labels
 * @param plan the sampling plan; null for a fixed one, as in files of earlier versions
 * @param skip one of each so many images of the data set is evaluated
 * @param from index of the first of them; null for 0, as in files of earlier versions
 */
public record EvaluationRun(
        CertifiedPrediction.Model model,
        CertifiedPrediction.Engine engine,
        double sigma,
        double alpha,
        long n0,
        long n,
        String noise,
        @Nullable String plan,
        String dataset,
        String datasetSha256,
        int skip,
        @Nullable Integer from) {
    /** A run of a model over a data set with a hash. */
    public static EvaluationRun of(
            OpenModel model,
            SmoothingParameters parameters,
            SamplingPlan plan,
            String dataset,
            String datasetSha256,
            int skip,
            int from) {
        return new EvaluationRun(
                model.identity(),
                model.engine(),
                parameters.sigma(),
                parameters.alpha(),
                parameters.n0(),
                parameters.n(),
                parameters.noise().toString(),
                plan instanceof SamplingPlan.Fixed ? null : plan.toString(),
                dataset,
                datasetSha256,
                skip,
                from == 0 ? null : from);
    }

    /** The file that says what an evaluation file is of. */
    public static Path fileOf(Path evaluation) {
        return evaluation.resolveSibling(evaluation.getFileName() + ".json");
    }

    /** @throws InvalidDataException when the file cannot be read or is none of this kind */
    public static EvaluationRun read(Path file) {
        try {
            return JsonRecords.read(Files.readAllBytes(file), EvaluationRun.class);
        } catch (InvalidDataException exception) {
            throw new InvalidDataException(file + ": " + exception.getMessage(), exception);
        } catch (IOException exception) {
            throw InvalidDataException.unreadable(file, exception);
        }
    }

    /** Writes this run as JSON for people to read. */
    public void write(Path file) {
        try {
            Files.writeString(file, JsonRecords.writeIndented(this));
        } catch (IOException exception) {
            throw new InvalidDataException(file + " cannot be written: " + exception, exception);
        }
    }

    /** In what an earlier run would have given other rows; empty when this one may go on with its file. */
    List<String> differencesFrom(EvaluationRun earlier) {
        List<String> differences = new ArrayList<>();
        addDifference(differences, "model SHA-256", earlier.model.sha256(), model.sha256());
        addDifference(differences, "precision", earlier.engine.precision(), engine.precision());
        addDifference(differences, "sigma", earlier.sigma, sigma);
        addDifference(differences, "alpha", earlier.alpha, alpha);
        addDifference(differences, "n0", earlier.n0, n0);
        addDifference(differences, "n", earlier.n, n);
        addDifference(differences, "noise", earlier.noise, noise);
        addDifference(differences, "plan", planOf(earlier), planOf(this));
        addDifference(differences, "data set", earlier.dataset, dataset);
        addDifference(differences, "data set's SHA-256", earlier.datasetSha256, datasetSha256);
        addDifference(differences, "skip", earlier.skip, skip);
        addDifference(differences, "from", earlier.first(), first());
        return differences;
    }

    /** Index of the first image. */
    public int first() {
        return from == null ? 0 : from;
    }

    private static String planOf(EvaluationRun run) {
        return run.plan == null ? SamplingPlan.Kind.FIXED.toString() : run.plan;
    }

    private static void addDifference(List<String> differences, String name, Object earlier, Object now) {
        if (!earlier.equals(now)) {
            differences.add(name + " was " + earlier + " and is now " + now);
        }
    }
}
