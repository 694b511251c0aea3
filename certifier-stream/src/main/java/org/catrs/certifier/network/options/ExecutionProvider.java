// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.options;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.catrs.schemas.InvalidDataException;

/**
 * What a network is asked to run on: {@code auto}, {@code cpu}, {@code cuda} (device 0), {@code cuda:0,1} or {@code
 * cuda:all}.
 *
 * @param devices numbers of the CUDA devices, each once; empty for all there are, and without meaning on the CPU
 */
public record ExecutionProvider(Kind kind, List<Integer> devices) {
    /** CUDA device 0 if a session really runs on it, else the CPU. */
    public static final ExecutionProvider AUTO = new ExecutionProvider(Kind.AUTO, List.of(0));

    /** The CPU. */
    public static final ExecutionProvider CPU = new ExecutionProvider(Kind.CPU, List.of());

    private static final Pattern DEVICES = Pattern.compile("cuda:(\\d{1,3}(?:,\\d{1,3})*)");

    /** Who decides, or what it is. */
    public enum Kind {
        AUTO,
        CPU,
        CUDA
    }

    /** @throws InvalidDataException when a device is named twice */
    public ExecutionProvider {
        devices = List.copyOf(devices);
        if (devices.stream().distinct().count() < devices.size()) {
            throw new InvalidDataException("a CUDA device must be named once, found " + devices);
        }
    }

    /**
     * Reads a provider as a command line or a configuration names it.
     *
     * @throws InvalidDataException when it is none of those above
     */
    public static ExecutionProvider parse(String text) {
        String name = text.strip().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "auto" -> AUTO;
            case "cpu" -> CPU;
            case "cuda" -> new ExecutionProvider(Kind.CUDA, List.of(0));
            case "cuda:all" -> new ExecutionProvider(Kind.CUDA, List.of());
            default -> new ExecutionProvider(Kind.CUDA, numbers(name));
        };
    }

    private static List<Integer> numbers(String name) {
        var matcher = DEVICES.matcher(name);
        if (!matcher.matches()) {
            throw new InvalidDataException(
                    "the execution provider must be auto, cpu, cuda, cuda:all or cuda with device"
                            + " numbers such as cuda:0,1; found '" + name + "'");
        }
        return Arrays.stream(matcher.group(1).split(",")).map(Integer::valueOf).toList();
    }

    @Override
    public String toString() {
        if (kind != Kind.CUDA || devices.equals(List.of(0))) {
            return kind.name().toLowerCase(Locale.ROOT);
        }
        return devices.isEmpty()
                ? "cuda:all"
                : "cuda:"
                        + String.join(",", devices.stream().map(String::valueOf).toList());
    }
}
