// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.onnx.OnnxModel;

/** Prints what is shown of networks: {@code Verdicts BATCH FILE...}. For a look at networks that are not in the tests. */
public final class Verdicts {
    private Verdicts() {}

    public static void main(String[] arguments) throws IOException {
        int batch = Integer.parseInt(arguments[0]);
        for (String file : Arrays.asList(arguments).subList(1, arguments.length)) {
            long begin = System.nanoTime();
            String verdict = verdict(Path.of(file), batch);
            System.out.printf("%s %s (%d ms)%n", file, verdict, (System.nanoTime() - begin) / 1_000_000);
        }
    }

    private static String verdict(Path file, int batch) throws IOException {
        try {
            OnnxModel model = NetworkDoor.open(Files.readAllBytes(file), file.toString());
            return Independence.of(model, batch) instanceof Independence.Refused refused
                    ? "refused: " + refused.cause()
                    : "proved";
        } catch (InvalidDataException e) {
            return "refused: " + e.getMessage();
        }
    }
}
