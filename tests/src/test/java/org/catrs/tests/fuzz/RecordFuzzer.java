// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/** Makes hostile records. Which one follows from the seed and its number alone. */
final class RecordFuzzer {
    private static final Map<String, Parts> PARTS = Map.of(
            "image/png", new PngParts(),
            "image/jpeg", new JpegParts(),
            "application/cloudevents+json", new EventParts());

    private static final String[] NAMES = {
        "content-type",
        "Content-Type",
        "contentType",
        "model",
        "target-radius",
        "deadline",
        "true-label",
        "traceparent",
        "tracestate",
        "correlation-id",
        "catrs.error.reason",
        "catrs.error.omitted",
        "__streams.errors.stacktrace",
        "ce_specversion",
        "ce_id",
        "ce_source",
        "ce_type",
        "ce_time",
        "ce_datacontenttype",
        "\u20AC",
        "",
        " ",
        "a\u0000b"
    };

    private static final String[] TEXTS = {
        "",
        " ",
        "0",
        "-1",
        "1",
        "3",
        "0.5",
        " 0.25 ",
        "1e400",
        "1e-400",
        "NaN",
        "Infinity",
        "0x1p-1",
        "0.5f",
        "\u0663",
        "99999999999999999999",
        "gray",
        "colour",
        "none",
        "image/png",
        "image/jpeg",
        "image/jpg",
        "\"image/png\"",
        "IMAGE/PNG; charset=\"",
        "application/x-catrs-tensor",
        "application/cloudevents+json",
        "1.0",
        "\u0000",
        "\u001b[2J",
        "\r\nx: y",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    };

    private final long seed;
    private final Seeds seeds = new Seeds();

    RecordFuzzer(long seed) {
        this.seed = seed;
    }

    /** @param number from 0 */
    Record<byte[], byte[]> make(long number) {
        // The numbers of neighbours must not begin alike.
        Random random = new Random((seed + number) * 0x9E3779B97F4A7C15L ^ number >>> 7);
        Seeds.Seed origin = seeds.any(random);
        byte[] value = value(origin, random);
        return new Record<>(key(random), value, timestamp(random), headers(origin, random));
    }

    private static byte[] value(Seeds.Seed origin, Random random) {
        Parts parts = PARTS.get(origin.contentType());
        return switch (random.nextInt(40)) {
            case 0 -> null;
            case 1 -> new byte[0];
            case 2 -> noise(random, 200);
            case 3 -> origin.value();
            default ->
                parts != null && random.nextInt(3) > 0
                        ? parts.mutatedFile(origin.value(), random)
                        : Mutation.some(origin.value(), random);
        };
    }

    private static byte[] key(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> null;
            case 1 -> new byte[0];
            case 2 -> noise(random, 100);
            case 3 -> new byte[random.nextInt(40_000)];
            default -> "image".getBytes(StandardCharsets.UTF_8);
        };
    }

    /** Kafka takes none below 0. */
    private static long timestamp(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> Long.MAX_VALUE;
            default -> 1_800_000_000_000L;
        };
    }

    private static Headers headers(Seeds.Seed origin, Random random) {
        Headers headers = new RecordHeaders();
        if (random.nextInt(20) > 0) {
            headers.add("content-type", origin.contentType().getBytes(StandardCharsets.UTF_8));
        }
        if (random.nextInt(4) == 0) {
            headers.add("model", "gray".getBytes(StandardCharsets.UTF_8));
        }
        int more = random.nextInt(3) > 0 ? 0 : random.nextInt(random.nextInt(100) == 0 ? 5_000 : 5);
        for (int header = 0; header < more; header++) {
            headers.add(NAMES[random.nextInt(NAMES.length)], text(random));
        }
        return headers;
    }

    private static byte[] text(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> null;
            case 1 -> noise(random, 40);
            case 2 -> new byte[random.nextInt(5_000)];
            default -> TEXTS[random.nextInt(TEXTS.length)].getBytes(StandardCharsets.UTF_8);
        };
    }

    private static byte[] noise(Random random, int most) {
        byte[] noise = new byte[random.nextInt(most)];
        random.nextBytes(noise);
        return noise;
    }
}
