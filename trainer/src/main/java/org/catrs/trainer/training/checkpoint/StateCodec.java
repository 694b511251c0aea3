// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training.checkpoint;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.catrs.schemas.model.HyperparameterNames;
import org.catrs.trainer.method.slice.SliceLoss;

/** How a checkpoint's content is laid out, big-endian: facts by name, and a training's state. */
final class StateCodec {
    private StateCodec() {}

    static void writeFacts(DataOutputStream out, SortedMap<String, String> facts) throws IOException {
        out.writeInt(facts.size());
        for (Map.Entry<String, String> fact : facts.entrySet()) {
            out.writeUTF(fact.getKey());
            out.writeUTF(fact.getValue());
        }
    }

    /** The facts under the names that they have today. */
    static SortedMap<String, String> readFacts(DataInputStream in) throws IOException {
        SortedMap<String, String> facts = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            facts.put(HyperparameterNames.current(in.readUTF()), in.readUTF());
        }
        return facts;
    }

    static void writeState(DataOutputStream out, TrainingState state) throws IOException {
        out.writeLong(state.step());
        writeFloats(out, state.values());
        writeFloats(out, state.velocity());
        out.writeInt(state.log().size());
        for (EpochRow row : state.log()) {
            writeRow(out, row);
        }
        writeRow(out, state.unfinished());
        if (state.average() != state.values()) {
            writeFloats(out, state.average());
        }
    }

    /** @param averages whether the state has an average of its own */
    static TrainingState readState(DataInputStream in, boolean averages) throws IOException {
        long step = in.readLong();
        float[] values = readFloats(in);
        float[] velocity = readFloats(in);
        List<EpochRow> log = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            log.add(readRow(in));
        }
        EpochRow unfinished = readRow(in);
        return new TrainingState(step, values, velocity, averages ? readFloats(in) : values, log, unfinished);
    }

    private static void writeFloats(DataOutputStream out, float[] values) throws IOException {
        out.writeInt(values.length);
        for (float value : values) {
            out.writeFloat(value);
        }
    }

    private static float[] readFloats(DataInputStream in) throws IOException {
        float[] values = new float[in.readInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readFloat();
        }
        return values;
    }

    private static void writeRow(DataOutputStream out, EpochRow row) throws IOException {
        out.writeDouble(row.epoch());
        out.writeDouble(row.seconds());
        out.writeDouble(row.waited());
        out.writeDouble(row.learningRate());
        out.writeLong(row.loss().images());
        out.writeDouble(row.loss().base());
        out.writeDouble(row.loss().robust());
        out.writeDouble(row.loss().correct());
        out.writeLong(row.loss().confident());
    }

    private static EpochRow readRow(DataInputStream in) throws IOException {
        return new EpochRow(
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                new SliceLoss(in.readLong(), in.readDouble(), in.readDouble(), in.readDouble(), in.readLong()));
    }
}
