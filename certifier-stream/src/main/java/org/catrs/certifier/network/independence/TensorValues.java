// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.catrs.schemas.onnx.proto.TensorProto;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;

/** Reads the values of a constant from a file's message, in the form of {@link Tensor}. */
final class TensorValues {
    private TensorValues() {}

    /** @throws Unproved when there are not as many values as the shape says, or they are kept in a way not known here */
    static long[] of(TensorProto proto, int count) {
        DataType type = DataType.forNumber(proto.getDataType());
        long[] values = proto.hasRawData() ? raw(proto.getRawData(), type) : listed(proto, type);
        if (values.length != count) {
            throw Unproved.mixes("needs the constant '" + proto.getName() + "', which holds " + values.length
                    + " values instead of " + count);
        }
        return values;
    }

    private static long[] raw(ByteString bytes, DataType type) {
        ByteBuffer in = bytes.asReadOnlyByteBuffer().slice().order(ByteOrder.LITTLE_ENDIAN);
        return switch (type) {
            case BOOL -> each(bytes.size(), i -> in.get(i) == 0 ? 0 : 1);
            case UINT8 -> each(bytes.size(), i -> in.get(i) & 0xFF);
            case INT8 -> each(bytes.size(), in::get);
            case INT16 -> each(bytes.size() / 2, i -> in.getShort(2 * i));
            case UINT16, FLOAT16, BFLOAT16 -> each(bytes.size() / 2, i -> in.getShort(2 * i) & 0xFFFF);
            case INT32 -> each(bytes.size() / 4, i -> in.getInt(4 * i));
            case UINT32 -> each(bytes.size() / 4, i -> in.getInt(4 * i) & 0xFFFFFFFFL);
            case INT64, UINT64 -> each(bytes.size() / 8, i -> in.getLong(8 * i));
            case FLOAT -> each(bytes.size() / 4, i -> bits(in.getFloat(4 * i)));
            case DOUBLE -> each(bytes.size() / 8, i -> bits(in.getDouble(8 * i)));
            default -> throw unknown(type);
        };
    }

    private static long[] listed(TensorProto proto, DataType type) {
        return switch (type) {
            case BOOL -> {
                List<Integer> list = proto.getInt32DataList();
                yield each(list.size(), i -> list.get(i) == 0 ? 0 : 1);
            }
            case UINT8, INT8, UINT16, INT16, INT32, FLOAT16, BFLOAT16 -> {
                List<Integer> list = proto.getInt32DataList();
                yield each(list.size(), list::get);
            }
            case INT64 -> {
                List<Long> list = proto.getInt64DataList();
                yield each(list.size(), list::get);
            }
            case UINT32, UINT64 -> {
                List<Long> list = proto.getUint64DataList();
                yield each(list.size(), list::get);
            }
            case FLOAT -> {
                List<Float> list = proto.getFloatDataList();
                yield each(list.size(), i -> bits(list.get(i)));
            }
            case DOUBLE -> {
                List<Double> list = proto.getDoubleDataList();
                yield each(list.size(), i -> bits(list.get(i)));
            }
            default -> throw unknown(type);
        };
    }

    private static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }

    private static long[] each(int count, IntToLongFunction value) {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = value.applyAsLong(i);
        }
        return values;
    }

    private static Unproved unknown(DataType type) {
        return Unproved.mixes("needs the values of a constant of type " + type + ", which are not read here");
    }
}
