// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.terminal;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command that prints pages of the documentation. */
public abstract class PageCommand implements Runnable {
    private final Map<String, ReferencePage> pages;

    private final List<String> elsewhere;

    /** Optional for picocli alone, which would call it missing without saying what it may be. */
    @Parameters(arity = "0..1", paramLabel = "NAME", hideParamSyntax = true, description = "which page to print")
    private @Nullable String name;

    @Option(names = "--markdown", description = "print the page of the documentation, as Markdown")
    private boolean markdown;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /**
     * @param pages by their names
     * @param elsewhere names for which the front door asks another program
     */
    protected PageCommand(Map<String, ReferencePage> pages, String... elsewhere) {
        this.pages = new TreeMap<>(pages);
        this.elsewhere = List.of(elsewhere);
    }

    @Override
    public final void run() {
        ReferencePage page = name == null ? null : pages.get(name);
        if (page == null) {
            throw new ParameterException(spec.commandLine(), problem());
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(markdown ? page.toMarkdown() : page.toText());
        out.flush();
    }

    private String problem() {
        if (name != null && elsewhere.contains(name)) {
            return "another program prints this page: deploy/catrs " + spec.name() + " " + name;
        }
        String names = Stream.concat(pages.keySet().stream(), elsewhere.stream())
                .sorted()
                .collect(Collectors.joining(", "));
        return "NAME must be one of " + names + ", found " + (name == null ? "none" : "'" + name + "'");
    }
}
