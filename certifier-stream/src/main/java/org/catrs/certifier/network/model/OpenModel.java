// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.model;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.catrs.certifier.network.OnnxClassifier;
import org.catrs.certifier.network.conversion.HalfPrecision;
import org.catrs.certifier.network.conversion.QuantizedNetwork;
import org.catrs.certifier.network.options.Precision;
import org.catrs.certifier.network.session.TrialImages;
import org.catrs.certifier.smoothing.BaseClassifier;
import org.catrs.certifier.smoothing.counts.BatchFill;
import org.catrs.schemas.CloseOnFailure;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.Sha256;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.model.ModelManifest;
import org.catrs.schemas.model.ShippedModels;
import org.jspecify.annotations.Nullable;

/** A model that is open for certification, with all that a certificate says of it. */
public final class OpenModel implements AutoCloseable {
    /** This many hex digits of its hash are the version of a model that has no manifest. */
    private static final int SHORT_HASH_LENGTH = 12;

    private final OnnxClassifier classifier;
    private final CertifiedPrediction.Model identity;
    private final List<String> classNames;
    private final double sigma;
    private final OptionalDouble trainedSigma;
    private final ManifestPlan plan;

    private OpenModel(
            OnnxClassifier classifier,
            CertifiedPrediction.Model identity,
            List<String> classNames,
            double sigma,
            OptionalDouble trainedSigma,
            ManifestPlan plan) {
        this.classifier = classifier;
        this.identity = identity;
        this.classNames = classNames;
        this.sigma = sigma;
        this.trainedSigma = trainedSigma;
        this.plan = plan;
    }

    /**
     * Opens a model. Its bytes are read once: what was hashed is what runs. Where int8 is asked for, the model is the
     * quantised network that was made of the folder's, or that is made of it now.
     *
     * @param folderOrOnnxFile a folder with {@value ModelManifest#ONNX_FILE_NAME} and, unless the options give sigma,
     *     {@value ModelManifest#FILE_NAME}; or an ONNX file, for which the options must give sigma; or the name of a
     *     model that comes with catrs
     * @throws InvalidDataException when there is no model, it is not what its manifest says, or it is no image
     *     classifier; the message says what was found and what was needed
     */
    public static OpenModel open(Path folderOrOnnxFile, ModelOverrides options) {
        return open(folderOrOnnxFile, options, true);
    }

    /** As {@link #open(Path, ModelOverrides)}, but nothing is written: a quantised network that is made is not kept. */
    public static OpenModel openReadOnly(Path folderOrOnnxFile, ModelOverrides options) {
        return open(folderOrOnnxFile, options, false);
    }

    private static OpenModel open(Path folderOrOnnxFile, ModelOverrides options, boolean keep) {
        ModelFiles files = ModelFiles.find(folderOrOnnxFile, ShippedModels.ofThisProcess());
        StoredModel model = StoredModel.read(files);
        if (options.inference().precision() == Precision.INT8
                && !QuantizedNetwork.isOne(model.onnx(), model.onnxLocation())) {
            QuantizedModel quantized = QuantizedModel.of(files, model, model.sigma(options.sigma()), keep);
            return open(
                    StoredModel.in(
                            quantized.folder() + "/", quantized.onnx(), quantized.manifest(), model.calibration()),
                    options);
        }
        return open(model, options);
    }

    /**
     * Opens a model that was fetched.
     *
     * @param onnx the network, as it was checked
     * @param folder where it was fetched from, with a slash at the end; for messages
     * @throws InvalidDataException when it is not what its manifest says, or it is no image classifier
     */
    public static OpenModel open(byte[] onnx, ModelManifest manifest, String folder, ModelOverrides options) {
        return open(StoredModel.in(folder, onnx, manifest, null), options);
    }

    private static OpenModel open(StoredModel model, ModelOverrides options) {
        model.requireHash();
        double sigma = model.sigma(options.sigma());
        ManifestPlan plan = model.plan();
        Precision precision = options.inference().precision();
        byte[] onnx = precision == Precision.FP16 ? HalfPrecision.of(model.onnx(), model.onnxLocation()) : model.onnx();
        try (CloseOnFailure opened = new CloseOnFailure()) {
            OnnxClassifier classifier =
                    opened.add(OnnxClassifier.load(onnx, model.onnxLocation(), options.inference()));
            model.requireShapes(classifier);
            if (model.calibration() != null) {
                classifier.tryOut(TrialImages.among(model.calibration().images(), sigma));
            }
            List<String> classNames = model.classNames(options.classNames(), classifier.classes());
            CertifiedPrediction.Model identity = identity(model, options.name(), Sha256.of(onnx), precision);
            opened.succeeded();
            return new OpenModel(classifier, identity, classNames, sigma, model.trainedSigma(), plan);
        }
    }

    /** What certificates call it. */
    public CertifiedPrediction.Model identity() {
        return identity;
    }

    /** What it runs on. */
    public CertifiedPrediction.Engine engine() {
        return classifier.engine();
    }

    /** How it is known that its network treats each image of a batch by itself. */
    public CertifiedPrediction.Independence independence() {
        return classifier.independence();
    }

    /** The shape of the images that it takes. */
    public ImageShape inputShape() {
        return classifier.inputShape();
    }

    /** A name for each class, in the order of the logits; their numbers where nobody named them. */
    public List<String> classNames() {
        return classNames;
    }

    /** Standard deviation of the noise that it is smoothed with, in units of pixels scaled to [0, 1]. */
    public double sigma() {
        return sigma;
    }

    /** Standard deviation of the noise that it was trained for, in the same units; empty where nobody said. */
    public OptionalDouble trainedSigma() {
        return trainedSigma;
    }

    /** How the model's manifest asks for its images to be certified. */
    public ManifestPlan plan() {
        return plan;
    }

    /** The network; closed with this model. */
    public BaseClassifier classifier() {
        return classifier;
    }

    /** How full the network's batches were so far, which are filled from all images at hand. */
    public BatchFill batchFill() {
        return classifier.batchFill();
    }

    @Override
    public void close() {
        classifier.close();
    }

    private static CertifiedPrediction.Model identity(
            StoredModel model, @Nullable String given, String sha256, @Nullable Precision precision) {
        ModelManifest manifest = model.manifest();
        if (manifest == null) {
            return new CertifiedPrediction.Model(
                    given != null ? given : model.defaultName(), sha256.substring(0, SHORT_HASH_LENGTH), sha256);
        }
        String name = given != null ? given : manifest.name();
        String suffix = precision == Precision.FP16 ? "-" + precision : "";
        return new CertifiedPrediction.Model(name, manifest.version() + suffix, sha256);
    }
}
