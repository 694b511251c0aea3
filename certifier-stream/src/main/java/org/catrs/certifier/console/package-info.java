/** What an operator and a scheduler see of the service over HTTP: metrics and health. */
@NullMarked
package org.catrs.certifier.console;

import org.jspecify.annotations.NullMarked;
