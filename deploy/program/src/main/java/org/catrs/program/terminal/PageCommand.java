// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.terminal;

import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command that prints pages of the documentation. */
public abstract class PageCommand implements Runnable {
    private final Map<String, ReferencePage> pages;

    @Parameters(paramLabel = "NAME", description = "what to print")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String name;

    @Option(names = "--markdown", description = "print the page of the documentation, as Markdown")
    private boolean markdown;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /** @param pages by their names */
    protected PageCommand(Map<String, ReferencePage> pages) {
        this.pages = new TreeMap<>(pages);
    }

    @Override
    public final void run() {
        ReferencePage page = pages.get(name);
        if (page == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "NAME must be one of " + String.join(", ", pages.keySet()) + ", found '" + name + "'");
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(markdown ? page.toMarkdown() : page.toText());
        out.flush();
    }
}
