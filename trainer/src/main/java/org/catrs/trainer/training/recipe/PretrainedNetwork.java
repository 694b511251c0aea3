// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training.recipe;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.model.ModelManifest;
import org.catrs.schemas.model.ShippedModels;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.proto.TensorProto;
import org.catrs.trainer.architecture.NetworkSpecification;
import org.catrs.trainer.architecture.Normalization;
import org.catrs.trainer.architecture.Parameters;
import org.catrs.trainer.training.checkpoint.Checkpoint;
import org.catrs.trainer.training.checkpoint.TrainingFolder;

/** The parameters of a trained network, for another training to begin with. */
public final class PretrainedNetwork {
    private final Path source;
    private final String network;
    private final float[] values;
    private final Normalization normalization;

    private PretrainedNetwork(Path source, String network, float[] values, Normalization normalization) {
        this.source = source;
        this.network = network;
        this.values = values;
        this.normalization = normalization;
    }

    /**
     * Reads a folder that a training wrote to: its checkpoint, or, where there is none, its model.
     *
     * @param named the folder, or the name of a model that comes with catrs, before which a folder of that name goes
     * @throws InvalidDataException when there is neither, or the file is damaged
     */
    public static PretrainedNetwork read(Path named) {
        Path folder = Files.exists(named)
                ? named
                : ShippedModels.ofThisProcess().find(named.toString()).orElse(named);
        Path checkpoint = folder.resolve(TrainingFolder.CHECKPOINT);
        if (Files.exists(checkpoint)) {
            Checkpoint.Content content = Checkpoint.read(checkpoint);
            return new PretrainedNetwork(
                    checkpoint,
                    content.facts().getOrDefault(Checkpoint.NETWORK, "of an unknown kind"),
                    content.state().average(),
                    Normalization.ofMap(content.facts()));
        }
        Path onnx = folder.resolve(ModelManifest.ONNX_FILE_NAME);
        if (!Files.exists(onnx)) {
            throw new InvalidDataException("--init-from " + folder + " needs to be the folder of a training or a model,"
                    + " with " + TrainingFolder.CHECKPOINT + " or " + ModelManifest.ONNX_FILE_NAME + ", or one of the"
                    + " models that come with catrs: " + String.join(", ", ShippedModels.NAMES) + "; found neither");
        }
        ModelManifest manifest = ModelManifest.read(folder.resolve(ModelManifest.FILE_NAME));
        Normalization normalization = Normalization.ofMap(manifest.hyperparameters());
        String network = Checkpoint.network(
                manifest.architecture(),
                manifest.inputShape(),
                manifest.classNames().size());
        return new PretrainedNetwork(onnx, network, valuesOf(onnx, normalization), normalization);
    }

    /** The constants of a network whose first layer is the given one, as they were trained. */
    private static float[] valuesOf(Path onnx, Normalization normalization) {
        List<TensorProto> constants =
                OnnxModel.parse(bytes(onnx), onnx.toString()).proto().getGraph().getInitializerList();
        int first = Math.min(constants.size(), normalization.equals(Normalization.NONE) ? 0 : 1);
        List<TensorProto> trained = constants.subList(first, constants.size());
        FloatBuffer floats = ByteString.copyFrom(
                        trained.stream().map(TensorProto::getRawData).toList())
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        float[] values = new float[floats.remaining()];
        floats.get(values);
        if (first > 0 && !trained.isEmpty()) {
            normalization.unfoldFrom(values, trained.get(0).getDimsList());
        }
        return values;
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException exception) {
            throw InvalidDataException.unreadable(file, exception);
        }
    }

    /** First digits of the SHA-256 of the parameters: the version of the model that has them. */
    public String version() {
        return new Parameters(List.of(), values).sha256().substring(0, 12);
    }

    /** The network's first layer, which a training that begins with it keeps. */
    public Normalization normalization() {
        return normalization;
    }

    /**
     * The values for a network.
     *
     * @param architecture its name
     * @param count how many values it has
     * @throws InvalidDataException when they are of another network
     */
    public float[] valuesFor(String architecture, NetworkSpecification specification, int count) {
        String wanted = Checkpoint.network(architecture, specification.input(), specification.classes());
        if (!network.equals(wanted)) {
            throw new InvalidDataException("--init-from: " + source + " is of a network " + network
                    + ", and the one to be trained is " + wanted);
        }
        if (values.length != count) {
            throw new InvalidDataException("--init-from: " + source + " has " + values.length + " parameters, and "
                    + wanted + " has " + count
                    + "; batch normalizations are folded into the convolutions of a model, so"
                    + " that its training needs " + TrainingFolder.CHECKPOINT + " beside it");
        }
        return values.clone();
    }
}
