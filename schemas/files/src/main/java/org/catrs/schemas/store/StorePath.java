// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.store;

import java.util.regex.Pattern;
import org.catrs.schemas.InvalidDataException;

/** The form of paths in a store: one that means the same in a folder and in a bucket, and never leaves it. */
public final class StorePath {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");

    private StorePath() {}

    /**
     * Returns its argument.
     *
     * @param what what it names, for the message
     * @throws InvalidDataException when it cannot be the name of a file or folder in a store
     */
    public static String requireName(String name, String what) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidDataException(what + " '" + name + "' cannot be the name of a file: letters, digits, '.',"
                    + " '-' and '_' are needed, at most 200, and no '.' at the beginning");
        }
        return name;
    }

    /** Returns its argument, names separated by slashes, perhaps with one at its end. */
    static String require(String path) {
        for (String name : path.split("/", path.endsWith("/") ? 0 : -1)) {
            requireName(name, "path " + path + ":");
        }
        return path;
    }
}
