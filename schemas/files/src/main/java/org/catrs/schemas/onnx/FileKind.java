// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.catrs.schemas.onnx.proto.ModelProto;

/**
 * A kind of file that is no ONNX model.
 *
 * @param description what it is, and how to make an ONNX model of it
 * @param isOfThisKind whether bytes look like it
 */
record FileKind(String description, Predicate<byte[]> isOfThisKind) {
    private static final List<FileKind> KINDS = List.of(
            new FileKind("the file is empty", bytes -> bytes.length == 0),
            new FileKind("it is compressed by gzip: unpack it first, with gunzip", bytes -> begins(bytes, 0x1f, 0x8b)),
            new FileKind(
                    "it is a pointer of Git LFS to the file: get that with git lfs pull",
                    bytes -> text(bytes).startsWith("version https://git-lfs")),
            new FileKind(
                    "it is a PyTorch file: load it in Python and export it with torch.onnx.export",
                    bytes -> begins(bytes, 'P', 'K', 3, 4) && text(bytes).contains("data.pkl")),
            new FileKind(
                    "it is a Keras file: load it in Python and export it with tf2onnx or model.export(format='onnx')",
                    bytes -> begins(bytes, 'P', 'K', 3, 4) && text(bytes).contains("config.json")),
            new FileKind(
                    "it is a zip archive: unpack it first, or export what it holds as ONNX",
                    bytes -> begins(bytes, 'P', 'K', 3, 4)),
            new FileKind(
                    "it is a Python pickle, as older versions of PyTorch write: load it in Python and export it with"
                            + " torch.onnx.export",
                    bytes -> bytes.length > 1 && begins(bytes, 0x80) && bytes[1] >= 2 && bytes[1] <= 5),
            new FileKind(
                    "it is HDF5, as Keras writes it: load it in Python and export it with tf2onnx",
                    bytes -> begins(bytes, 0x89, 'H', 'D', 'F')),
            new FileKind(
                    "it is a TensorFlow Lite model: make ONNX of it with python -m tf2onnx.convert --tflite",
                    bytes -> text(bytes).startsWith("TFL3", 4)),
            new FileKind(
                    "it is in ONNX Runtime's own format (.ort): take the ONNX file that it was made from",
                    FileKind::isOfEngine),
            new FileKind(
                    "it is a TensorFlow SavedModel: make ONNX of it with python -m tf2onnx.convert --saved-model",
                    bytes -> begins(bytes, 8, 1, 0x12)),
            new FileKind(
                    "it holds weights alone, as safetensors: load them into the network in Python and export that with"
                            + " torch.onnx.export",
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
