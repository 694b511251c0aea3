/**
 * The command lines around the stream: {@code publish} sends images, {@code watch} reads what became of them, {@code
 * models} sends releases and reads what became of these.
 */
@NullMarked
package org.catrs.certifier.cli.client;

import org.jspecify.annotations.NullMarked;
