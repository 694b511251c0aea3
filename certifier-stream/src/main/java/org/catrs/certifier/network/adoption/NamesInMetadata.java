// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.adoption;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.proto.StringStringEntryProto;

/** The names of classes that exporters write into a file's metadata: as a list, or by number, in JSON or as Python has it. */
final class NamesInMetadata {
    private static final Set<String> KEYS =
            Set.of("names", "classes", "class_names", "classnames", "labels", "id2label", "categories");

    private static final Pattern NUMBERED = Pattern.compile("[\"']?(\\d+)[\"']?\\s*:\\s*(?:\"([^\"]*)\"|'([^']*)')");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"|'([^']*)'");

    private NamesInMetadata() {}

    /** The names, in the order of the scores; empty where there are none. */
    static List<String> of(OnnxModel model) {
        return model.proto().getMetadataPropsList().stream()
                .filter(entry -> KEYS.contains(entry.getKey().toLowerCase(Locale.ROOT)))
                .map(StringStringEntryProto::getValue)
                .map(NamesInMetadata::names)
                .filter(names -> !names.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static List<String> names(String text) {
        String stripped = text.strip();
        if (stripped.startsWith("{")) {
            return numbered(stripped);
        }
        if (stripped.startsWith("[") || stripped.startsWith("(")) {
            return quoted(stripped);
        }
        return stripped.isEmpty()
                ? List.of()
                : Pattern.compile("\\R|,")
                        .splitAsStream(stripped)
                        .map(String::strip)
                        .toList();
    }

    private static List<String> numbered(String text) {
        SortedMap<Integer, String> names = new TreeMap<>();
        Matcher found = NUMBERED.matcher(text);
        while (found.find()) {
            names.put(Integer.valueOf(found.group(1)), either(found, 2));
        }
        boolean isWhole = !names.isEmpty() && names.firstKey() == 0 && names.lastKey() == names.size() - 1;
        return isWhole ? List.copyOf(names.values()) : List.of();
    }

    private static List<String> quoted(String text) {
        List<String> names = new ArrayList<>();
        Matcher found = QUOTED.matcher(text);
        while (found.find()) {
            names.add(either(found, 1));
        }
        return names;
    }

    private static String either(Matcher found, int group) {
        return found.group(group) != null ? found.group(group) : String.valueOf(found.group(group + 1));
    }
}
