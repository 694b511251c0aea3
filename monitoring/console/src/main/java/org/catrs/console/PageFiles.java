// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.catrs.console.web.Reply;
import org.catrs.console.web.Routes;

/** The files that the page consists of, from the jar. No others can be asked for. */
final class PageFiles {
    private static final String HTML = "text/html; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";

    private static final Map<String, String> TYPES = types();

    private PageFiles() {}

    private static Map<String, String> types() {
        Map<String, String> types = new LinkedHashMap<>();
        types.put("index.html", HTML);
        types.put("console.css", STYLE);
        types.put("uplot/uPlot.min.css", STYLE);
        for (String module : new String[] {
            "main",
            "ask",
            "numbers",
            "elements",
            "stream",
            "detail",
            "chart",
            "try",
            "drawing",
            "ball",
            "health",
            "models"
        }) {
            types.put(module + ".js", SCRIPT);
        }
        types.put("uplot/uPlot.esm.js", SCRIPT);
        types.put("uplot/LICENSE", "text/plain; charset=utf-8");
        types.put("icon.svg", "image/svg+xml");
        return types;
    }

    static void addTo(Routes routes) {
        TYPES.forEach((file, type) -> {
            Reply reply = Reply.of(200, type, read(file)).with("Cache-Control", "no-cache");
            routes.page("/" + (file.equals("index.html") ? "" : file), asked -> reply);
        });
    }

    private static byte[] read(String file) {
        try (InputStream found = PageFiles.class.getResourceAsStream("page/" + file)) {
            if (found == null) {
                throw new IllegalStateException("the jar lacks page/" + file);
            }
            return found.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
