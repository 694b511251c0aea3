// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.chart;

import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.catrs.tests.Checkout;

/** The project's chart. */
final class HelmChart {
    private static final Pattern RIGHT = Pattern.compile(
            "- \\{resource: \\{type: (\\w+), name: ([^,}]+)(, patternType: prefix)?}, operations: \\[([\\w, ]+)]}");

    private final Path folder;
    private final Helm helm;

    private HelmChart(Path folder) {
        this.folder = folder;
        this.helm = new Helm(folder);
    }

    /**
     * A copy of the chart whose hooks are ordinary manifests, since the library leaves hooks out of what it renders.
     *
     * @param parent where the copy is made
     */
    static HelmChart copiedTo(Path parent) {
        Path chart = Checkout.ROOT.resolve("deploy/helm/catrs");
        Path copy = parent.resolve("catrs");
        try (Stream<Path> files = Files.walk(chart, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = copy.resolve(chart.relativize(file));
                Files.createDirectories(target.getParent());
                Files.writeString(target, Files.readString(file).replace("helm.sh/hook", "no-hook"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new HelmChart(copy);
    }

    /** What Helm's linter says, strictly. */
    List<String> lint() {
        return helm.lint().strict().call().getMessages();
    }

    /**
     * The manifests for values.
     *
     * @param values a file of values each, of which later ones go before earlier ones
     * @throws IllegalStateException when the values do not fit
     */
    String render(List<String> values) {
        var template = helm.template().withName("edge").withNamespace("vision");
        try {
            for (String text : values) {
                template.withValuesFile(
                        Files.writeString(Files.createTempFile(folder.getParent(), "values", ".yaml"), text));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return template.call();
    }

    /** The settings of a properties file that stands in a ConfigMap of the manifests, such as certifier.properties. */
    static Map<String, String> properties(String manifests, String name) {
        String rest = manifests.substring(manifests.indexOf("  " + name + ": |") + name.length());
        String block =
                rest.lines().skip(1).takeWhile(line -> line.startsWith("    ")).collect(Collectors.joining("\n"));
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(block));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> settings = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> settings.put(key, properties.getProperty(key)));
        return settings;
    }

    /** What the KafkaUser of a service may do. */
    static List<Right> rights(String manifests, String service) {
        return Arrays.stream(manifests.split("\\R---\\R"))
                .filter(manifest -> manifest.contains("kind: KafkaUser")
                        && manifest.contains("app.kubernetes.io/component: " + service))
                .flatMap(manifest -> RIGHT.matcher(manifest).results())
                .flatMap(row -> Arrays.stream(row.group(4).split(", "))
                        .map(operation -> new Right(
                                ResourceType.fromString(constant(row.group(1))),
                                row.group(2),
                                row.group(3) == null ? PatternType.LITERAL : PatternType.PREFIXED,
                                AclOperation.fromString(constant(operation)))))
                .toList();
    }

    /** DescribeConfigs is DESCRIBE_CONFIGS. */
    private static String constant(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    }

    /** An operation on a resource that is allowed. */
    record Right(ResourceType type, String name, PatternType pattern, AclOperation operation) {}
}
