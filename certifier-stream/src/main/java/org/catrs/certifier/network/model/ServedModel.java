// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.model;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.catrs.certifier.network.EngineFacts;
import org.catrs.certifier.network.OnnxClassifier;
import org.catrs.certifier.network.conversion.HalfPrecision;
import org.catrs.certifier.network.conversion.QuantizedNetwork;
import org.catrs.certifier.network.options.Precision;
import org.catrs.certifier.network.session.CloseOnFailure;
import org.catrs.certifier.smoothing.BaseClassifier;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.Sha256;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.model.ModelManifest;
import org.catrs.schemas.model.ShippedModels;
import org.jspecify.annotations.Nullable;

/** A model that is open for certification, with all that a certificate says of it. */
public final class ServedModel implements AutoCloseable {
    /** This many hex digits of its hash are the version of a model that has no manifest. */
    private static final int SHORT_HASH_LENGTH = 12;

    private final OnnxClassifier classifier;
    private final CertifiedPrediction.Model identity;
    private final List<String> classNames;
    private final double sigma;
    private final ModelPlan plan;

    private ServedModel(
            OnnxClassifier classifier,
            CertifiedPrediction.Model identity,
            List<String> classNames,
            double sigma,
            ModelPlan plan) {
        this.classifier = classifier;
        this.identity = identity;
        this.classNames = classNames;
        this.sigma = sigma;
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
    public static ServedModel open(Path folderOrOnnxFile, ModelOptions options) {
        ModelFiles files = ModelFiles.find(folderOrOnnxFile, ShippedModels.ofThisProcess());
        byte[] onnx = files.readOnnx();
        ModelManifest manifest = files.manifest() == null ? null : ModelManifest.read(files.manifest());
        if (options.inference().precision() == Precision.INT8
                && !QuantizedNetwork.isOne(onnx, files.onnx().toString())) {
            double sigma = sigma(options.sigma(), manifest, ModelSource.of(files));
            QuantizedModel integers = QuantizedModel.of(new QuantizedModel.Source(files, onnx, manifest), sigma);
            return open(integers.onnx(), integers.manifest(), integers.folder() + "/", options);
        }
        return open(onnx, manifest, ModelSource.of(files), files.defaultName(), options);
    }

    /**
     * Opens a model that was fetched.
     *
     * @param onnx the network, as it was checked
     * @param folder where it was fetched from, with a slash at the end; for messages
     * @throws InvalidDataException when it is not what its manifest says, or it is no image classifier
     */
    public static ServedModel open(byte[] onnx, ModelManifest manifest, String folder, ModelOptions options) {
        return open(onnx, manifest, ModelSource.inFolder(folder), manifest.name(), options);
    }

    private static ServedModel open(
            byte[] given,
            @Nullable ModelManifest manifest,
            ModelSource source,
            String defaultName,
            ModelOptions options) {
        if (manifest != null) {
            ManifestCheck.requireHash(manifest, source, Sha256.of(given));
        }
        double sigma = sigma(options.sigma(), manifest, source);
        ModelPlan plan = ModelPlan.of(manifest == null ? null : manifest.plan(), source.manifest());
        Precision precision = options.inference().precision();
        byte[] onnx = precision == Precision.FP16 ? HalfPrecision.of(given, source.onnx()) : given;
        try (CloseOnFailure opened = new CloseOnFailure()) {
            OnnxClassifier classifier = opened.add(OnnxClassifier.load(onnx, source.onnx(), options.inference()));
            if (manifest != null) {
                ManifestCheck.requireShapes(manifest, source, classifier.inputShape(), classifier.classes());
            }
            List<String> classNames = classNames(options.classNames(), manifest, classifier.classes());
            CertifiedPrediction.Model identity =
                    identity(options.name(), manifest, defaultName, Sha256.of(onnx), precision);
            opened.succeeded();
            return new ServedModel(classifier, identity, classNames, sigma, plan);
        }
    }

    public CertifiedPrediction.Model identity() {
        return identity;
    }

    public CertifiedPrediction.Engine engine() {
        EngineFacts facts = classifier.engine();
        return new CertifiedPrediction.Engine(facts.provider(), facts.precision(), facts.name(), facts.version());
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

    /** How the model's manifest asks for its images to be certified. */
    public ModelPlan plan() {
        return plan;
    }

    /** The network; closed with this model. */
    public BaseClassifier classifier() {
        return classifier;
    }

    @Override
    public void close() {
        classifier.close();
    }

    private static double sigma(@Nullable Double given, @Nullable ModelManifest manifest, ModelSource source) {
        if (given != null) {
            return given;
        }
        if (manifest == null || manifest.sigma() == 0) {
            String found = manifest == null
                    ? source.onnx() + " comes without a manifest (" + ModelManifest.FILE_NAME
                            + " in the folder that is named as the model)"
                    : source.manifest() + " says that the model was trained without noise";
            throw new InvalidDataException(found + ", so it needs --sigma S: the standard deviation of the noise to "
                    + "certify with, in units of pixels scaled to [0, 1], such as 0.5");
        }
        return manifest.sigma();
    }

    private static List<String> classNames(List<String> given, @Nullable ModelManifest manifest, int classes) {
        if (given.isEmpty()) {
            return manifest != null
                    ? manifest.classNames()
                    : IntStream.range(0, classes).mapToObj(Integer::toString).toList();
        }
        if (given.size() != classes) {
            throw new InvalidDataException(
                    "the model has " + classes + " classes, but " + given.size() + " names were given: " + given);
        }
        return given;
    }

    private static CertifiedPrediction.Model identity(
            @Nullable String given,
            @Nullable ModelManifest manifest,
            String defaultName,
            String sha256,
            @Nullable Precision precision) {
        if (manifest == null) {
            return new CertifiedPrediction.Model(
                    given != null ? given : defaultName, sha256.substring(0, SHORT_HASH_LENGTH), sha256);
        }
        String name = given != null ? given : manifest.name();
        String suffix = precision == Precision.FP16 ? "-" + precision : "";
        return new CertifiedPrediction.Model(name, manifest.version() + suffix, sha256);
    }
}
