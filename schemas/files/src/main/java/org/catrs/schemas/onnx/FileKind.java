// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.catrs.schemas.onnx.proto.ModelProto;

/**
 * A kind of file that is no ONNX model.
 *
 * @param description what it is, and what to type to make an ONNX model of it; {@value #FILE} stands for its name
 * @param isOfThisKind whether bytes look like it
 */
record FileKind(String description, Predicate<byte[]> isOfThisKind) {
    /** Stands for the file's name in a description. */
    static final String FILE = "FILE";

    private static final String IN_PYTORCH = "load it into its network in Python, and there type"
            + " torch.onnx.export(network.eval(), torch.zeros(1, 3, 224, 224), 'model.onnx', opset_version=17,"
            + " input_names=['image'], dynamic_axes={'image': {0: 'batch'}}), with the size of your images";
    private static final String IN_JAX = "in Python, make a TensorFlow SavedModel of the network with"
            + " jax.experimental.jax2tf, and of that ONNX with python -m tf2onnx.convert --saved-model FOLDER --output"
            + " model.onnx --opset 17";
    private static final String IN_TENSORFLOW =
            "make ONNX of it with python -m tf2onnx.convert --saved-model " + FILE + " --output model.onnx --opset 17";

    private static final List<FileKind> KINDS = List.of(
            new FileKind("the file is empty", bytes -> bytes.length == 0),
            new FileKind("it is compressed by gzip: unpack it first, with gunzip", bytes -> begins(bytes, 0x1f, 0x8b)),
            new FileKind(
                    "it is a pointer of Git LFS to the file: get that with git lfs pull",
                    bytes -> text(bytes).startsWith("version https://git-lfs")),
            new FileKind(
                    "it is a PyTorch file: " + IN_PYTORCH,
                    bytes -> begins(bytes, 'P', 'K', 3, 4) && text(bytes).contains("data.pkl")),
            new FileKind(
                    "it is a Keras file: make ONNX of it with python -c \"import keras;" + " keras.saving.load_model('"
                            + FILE + "').export('model.onnx', format='onnx')\"",
                    bytes -> begins(bytes, 'P', 'K', 3, 4) && text(bytes).contains("config.json")),
            new FileKind(
                    "it is a zip archive: unpack it first, or export what it holds as ONNX",
                    bytes -> begins(bytes, 'P', 'K', 3, 4)),
            new FileKind(
                    "it is a Python pickle, as older versions of PyTorch write: " + IN_PYTORCH,
                    bytes -> bytes.length > 1 && begins(bytes, 0x80) && bytes[1] >= 2 && bytes[1] <= 5),
            new FileKind(
                    "it is HDF5, as Keras writes it: make ONNX of it with python -m tf2onnx.convert --keras " + FILE
                            + " --output model.onnx --opset 17",
                    bytes -> begins(bytes, 0x89, 'H', 'D', 'F')),
            new FileKind(
                    "it is a TensorFlow Lite model: make ONNX of it with python -m tf2onnx.convert --tflite " + FILE
                            + " --output model.onnx --opset 17",
                    bytes -> text(bytes).startsWith("TFL3", 4)),
            new FileKind(
                    "it is in ONNX Runtime's own format (.ort): take the ONNX file that it was made from",
                    FileKind::isOfEngine),
            new FileKind(
                    "it is the graph of a TensorFlow SavedModel, of which the folder is the model: "
                            + IN_TENSORFLOW.replace(FILE, "FOLDER"),
                    bytes -> begins(bytes, 8, 1, 0x12)),
            new FileKind("it holds weights alone, as Flax of JAX writes them (msgpack): " + IN_JAX, FileKind::isMap),
            new FileKind(
                    "it holds weights alone, as safetensors: " + IN_PYTORCH,
                    bytes -> text(bytes).startsWith("{\"", 8)),
            new FileKind(
                    "it is a web page, as a download that failed leaves it: download it again",
                    bytes ->
                            text(bytes).stripLeading().toLowerCase(Locale.ROOT).matches("(?s)<(!doctype html|html).*")),
            new FileKind(
                    "it is JSON",
                    bytes -> isText(bytes) && text(bytes).stripLeading().matches("(?s)[{\\[].*")),
            new FileKind("it is text", FileKind::isText));

    /** Enough to tell a file by. */
    private static final int HEAD = 1 << 16;

    /** What bytes that are no ONNX model look like. */
    static String describe(byte[] bytes) {
        return KINDS.stream()
                .filter(kind -> kind.isOfThisKind.test(bytes))
                .map(FileKind::description)
                .findFirst()
                .or(() -> whereItBreaksOff(bytes))
                .orElse("it has no graph and no version of the operators, or is of another format");
    }

    /** What a folder that is given as a network looks like. */
    static String describe(Path folder) {
        if (Files.isRegularFile(folder.resolve("saved_model.pb"))) {
            return "it is a TensorFlow SavedModel: " + IN_TENSORFLOW;
        }
        if (Files.exists(folder.resolve("_METADATA")) || Files.exists(folder.resolve("_CHECKPOINT_METADATA"))) {
            return "it is a checkpoint of Orbax, for JAX: " + IN_JAX;
        }
        return "name the network's file in it";
    }

    /** A map of text to something, in MessagePack. */
    private static boolean isMap(byte[] bytes) {
        return bytes.length > 1 && (bytes[0] & 0xF0) == 0x80 && (bytes[1] & 0xE0) == 0xA0;
    }

    /** Whether ONNX Runtime takes bytes for its own format, whatever else they may be. */
    static boolean isOfEngine(byte[] bytes) {
        return text(bytes).startsWith("ORTM", 4);
    }

    /** Where a part goes on behind the last byte; empty when none does. */
    private static Optional<String> whereItBreaksOff(byte[] bytes) {
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        try {
            int tag = in.readTag();
            while (tag != 0) {
                if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                    long size = in.readUInt32() & 0xFFFFFFFFL;
                    long end = in.getTotalBytesRead() + size;
                    if (end > bytes.length) {
                        boolean isGraph = WireFormat.getTagFieldNumber(tag) == ModelProto.GRAPH_FIELD_NUMBER;
                        return Optional.of("it is truncated at byte " + bytes.length + ": its "
                                + (isGraph ? "graph" : "field " + WireFormat.getTagFieldNumber(tag))
                                + " goes on to byte "
                                + end + ": copy or download it again");
                    }
                    in.skipRawBytes((int) size);
                } else {
                    in.skipField(tag);
                }
                tag = in.readTag();
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("it breaks off at byte " + bytes.length + ", or is of another format");
        }
    }

    private static boolean begins(byte[] bytes, int... first) {
        if (bytes.length < first.length) {
            return false;
        }
        for (int i = 0; i < first.length; i++) {
            if ((bytes[i] & 0xFF) != first[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isText(byte[] bytes) {
        byte[] head = head(bytes);
        for (byte each : head) {
            if (each >= 0 && each < ' ' && each != '\n' && each != '\r' && each != '\t') {
                return false;
            }
        }
        return head.length > 0 && !new String(head, StandardCharsets.UTF_8).contains("\uFFFD");
    }

    private static String text(byte[] bytes) {
        return new String(head(bytes), StandardCharsets.ISO_8859_1);
    }

    private static byte[] head(byte[] bytes) {
        return Arrays.copyOf(bytes, Math.min(bytes.length, HEAD));
    }
}
