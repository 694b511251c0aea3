// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.terminal;

import java.util.List;

/**
 * A page of the documentation that the code prints, so that it cannot say anything else than the code does.
 *
 * @param title in a few words
 * @param introduction what a reader needs to know before the table
 * @param command that prints the page as Markdown
 */
public record ReferencePage(String title, List<String> introduction, ReferenceTable table, String command) {
    public ReferencePage {
        introduction = List.copyOf(introduction);
    }

    /** The page for a terminal. */
    String toText() {
        return title + "\n\n" + table.toText();
    }

    /** The page as Markdown. */
    String toMarkdown() {
        return "<!-- Printed by: " + command + " -->\n# " + title + "\n\n" + String.join("\n\n", introduction) + "\n\n"
                + table.toMarkdown();
    }
}
