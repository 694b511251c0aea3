// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import java.nio.file.Path;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.catrs.certifier.network.options.Assurance;
import org.catrs.certifier.network.options.ExecutionProvider;
import org.catrs.certifier.network.options.InferenceOptions;
import org.catrs.certifier.network.options.Optimization;
import org.catrs.certifier.network.options.Precision;
import org.catrs.certifier.network.options.Tuning;
import org.catrs.program.option.Range;
import org.catrs.program.settings.Validators;
import org.jspecify.annotations.Nullable;

/** The settings of how networks are run. */
final class InferenceSettings {
    private static final String PRECISION = "precision";
    private static final String EXECUTION_PROVIDER = "execution.provider";
    private static final String NATIVES = "onnxruntime.natives";
    private static final String INFERENCE_THREADS = "inference.threads";
    private static final String OPTIMIZATION = "inference.optimization";
    private static final String INFERENCE_BATCH = "inference.batch";
    private static final String INDEPENDENCE = "inference.independence";

    private static final @Nullable Object FROM_THE_MODEL = null;
    private static final @Nullable Object FASTEST = null;
    private static final @Nullable Object NONE = null;

    private InferenceSettings() {}

    static void define(ConfigDef definition) {
        definition
                .define(
                        PRECISION,
                        ConfigDef.Type.STRING,
                        FROM_THE_MODEL,
                        Validators.in(Range.of(Precision.class)),
                        MEDIUM,
                        "Arithmetic of the network; int8 makes a quantised network of the model at its first use."
                                + " That of the model's file where none is given.")
                .define(
                        EXECUTION_PROVIDER,
                        ConfigDef.Type.STRING,
                        ExecutionProvider.AUTO.toString(),
                        Validators.parsedBy(ExecutionProvider::parse, "auto, cpu, cuda, cuda:0,1 or cuda:all"),
                        MEDIUM,
                        "What the model runs on: cpu; cuda, which is device 0, cuda:0,1 or cuda:all; or auto, which is"
                                + " cuda if the model really runs there, else cpu.")
                .define(
                        NATIVES,
                        ConfigDef.Type.STRING,
                        NONE,
                        LOW,
                        "Folder of ONNX Runtime's libraries, such as those of onnxruntime_gpu, unpacked; those of the"
                                + " class path where none is given.")
                .define(
                        INFERENCE_THREADS,
                        ConfigDef.Type.INT,
                        0,
                        ConfigDef.Range.between(0, 1024),
                        LOW,
                        "Threads that run the model; 0 for as many as is fastest.")
                .define(
                        OPTIMIZATION,
                        ConfigDef.Type.STRING,
                        FASTEST,
                        Validators.in(Range.of(Optimization.class)),
                        LOW,
                        "How far the engine rewrites the network, extended or all; what is fastest where"
                                + " none is given.")
                .define(
                        INFERENCE_BATCH,
                        ConfigDef.Type.INT,
                        0,
                        ConfigDef.Range.between(0, 65_536),
                        LOW,
                        "Most noisy images in a run; 0 for as many as is fastest, 1 for networks in which the images of a batch"
                                + " influence each other.")
                .define(
                        INDEPENDENCE,
                        ConfigDef.Type.STRING,
                        Assurance.PROVED.toString(),
                        Validators.in(Range.of(Assurance.class)),
                        LOW,
                        "What must be known of how the network treats the images of a batch: proved, by the network's"
                                + " graph, that each is treated by itself; or, for experiments, tried, on some images,"
                                + " where the graph does not show it: each certificate then says TRIED.");
    }

    static InferenceOptions options(AbstractConfig values) {
        String natives = values.getString(NATIVES);
        InferenceOptions options = new InferenceOptions(
                values.getInt(INFERENCE_THREADS),
                constantOrNull(Precision.class, values.getString(PRECISION)),
                ExecutionProvider.parse(values.getString(EXECUTION_PROVIDER)),
                natives == null ? null : Path.of(natives),
                new Tuning(
                        constantOrNull(Optimization.class, values.getString(OPTIMIZATION)),
                        values.getInt(INFERENCE_BATCH)));
        return options.with(
                Range.of(Assurance.class).read(values.getString(INDEPENDENCE)).orElseThrow());
    }

    private static <E extends Enum<E>> @Nullable E constantOrNull(Class<E> type, @Nullable String name) {
        return name == null ? null : Range.of(type).read(name).orElse(null);
    }
}
