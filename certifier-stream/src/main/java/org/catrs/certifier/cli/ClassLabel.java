// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import java.util.List;

/** Says a label to a person. */
final class ClassLabel {
    private ClassLabel() {}

    /** Number and name of a class; the number alone where that is its name. */
    static String of(int label, List<String> classNames) {
        String number = Integer.toString(label);
        String name = classNames.get(label);
        return name.equals(number) ? number : number + " (" + name + ")";
    }
}
