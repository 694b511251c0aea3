// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** A project of empty modules with the real start script, a fake Java that prints its arguments, and a fake Maven. */
final class FakeProject {
    private static final List<String> MODULES = List.of(
            "schemas/events",
            "schemas/files",
            "monitoring/console",
            "deploy/program",
            "trainer",
            "certifier-stream",
            "deploy/local");

    private final Path root;
    private final Path tools;

    private FakeProject(Path root, Path tools) {
        this.root = root;
        this.tools = tools;
    }

    static FakeProject create(Path directory) throws IOException {
        FakeProject project = new FakeProject(directory.resolve("a project"), directory.resolve("tools"));
        for (String module : MODULES) {
            Path sources = Files.createDirectories(project.root.resolve(module).resolve("src/main"));
            Files.writeString(sources.resolve("A.java"), "");
            Files.writeString(sources.resolve("B.java"), "");
            Files.writeString(project.root.resolve(module).resolve("pom.xml"), "");
        }
        Files.writeString(project.root.resolve("pom.xml"), "");
        Files.createDirectories(project.root.resolve(".mvn"));
        Files.copy(Path.of("../catrs"), project.script());
        project.java("17.0.15");
        project.maven("3.8.7", "");
        return project;
    }

    Path root() {
        return root;
    }

    Path script() {
        return root.resolve("deploy").resolve("catrs");
    }

    Path source(String module, String name) {
        return root.resolve(module).resolve("src/main").resolve(name);
    }

    /** Installs a Java of a version. */
    void java(String version) throws IOException {
        writeTool(
                "java",
                "if [ \"$1\" = -version ]; then echo 'openjdk version \"" + version + "\"' >&2; exit; fi",
                "echo \"class path $CLASSPATH\"",
                "for argument in \"$@\"; do echo \"[$argument]\"; done");
    }

    /** Installs a Maven of a version, which notes each build, and runs a line of shell before it pretends to build. */
    void maven(String version, String line) throws IOException {
        writeTool(
                "mvn",
                "if [ \"$1\" = -v ]; then echo 'Apache Maven " + version + "'; exit; fi",
                "echo \"$@\" >>'" + tools.resolve("builds") + "'",
                line,
                "for module in trainer certifier-stream deploy/local; do",
                "mkdir -p $module/target/classes",
                "printf %s \"$PWD/$module/pom.xml\" >$module/target/class-path",
                "done");
    }

    /** The arguments of each call of Maven. */
    List<String> builds() throws IOException {
        Path builds = tools.resolve("builds");
        return Files.exists(builds) ? Files.readAllLines(builds) : List.of();
    }

    /** Starts the script, by the path given, as a shell in a folder would. */
    Process start(Path workingDirectory, Path script, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(workingDirectory.toFile()).redirectErrorStream(true);
        builder.environment().remove("JAVA_HOME");
        builder.environment().put("PATH", tools + ":/usr/bin:/bin");
        return builder.start();
    }

    /** What the script prints; its exit code comes first. */
    List<String> run(String... arguments) throws IOException, InterruptedException {
        return output(start(root, script(), arguments));
    }

    static List<String> output(Process process) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .forEach(lines::add);
        lines.add(0, Integer.toString(process.waitFor()));
        return lines;
    }

    private void writeTool(String name, String... lines) throws IOException {
        Files.createDirectories(tools);
        Path tool = tools.resolve(name);
        Files.writeString(tool, "#!/bin/sh\nset -e\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
