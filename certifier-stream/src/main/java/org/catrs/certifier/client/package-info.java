/** The command lines at both ends of the stream: {@code publish} sends images, {@code watch} reads what became of them. */
@NullMarked
package org.catrs.certifier.client;

import org.jspecify.annotations.NullMarked;
