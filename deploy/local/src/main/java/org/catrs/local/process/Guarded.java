// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.local.process;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Arrays;
import org.catrs.schemas.DaemonThreads;

/**
 * Runs another main class, and ends the JVM when standard input ends.
 *
 * <p>A parent that keeps the other end of the pipe open thereby takes its children with it, even when it is killed with
 * {@code kill -9} and can do nothing any more: the operating system closes the pipe. The guarded program cannot read
 * standard input itself.
 */
public final class Guarded {
    /** Exit status of a program that was ended because its parent is gone. */
    static final int PARENT_GONE = 3;

    private static final Duration LONGEST_EXIT = Duration.ofSeconds(3);

    private Guarded() {}

    /**
     * Runs {@code arguments[0]}'s main method with the remaining arguments.
     *
     * @throws ReflectiveOperationException if there is no such class, or it has no main method
     * @throws Exception whatever that main method throws
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            throw new IllegalArgumentException("no main class: the first argument names the class to run");
        }
        DaemonThreads.named("parent-watch").newThread(Guarded::exitAtEndOfInput).start();
        try {
            Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object)
                    Arrays.copyOfRange(arguments, 1, arguments.length));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static void exitAtEndOfInput() {
        byte[] ignored = new byte[64];
        try {
            while (System.in.read(ignored) >= 0) {
                // Only the end of the input means something.
            }
        } catch (IOException e) {
            System.err.println("standard input cannot be read (" + e.getMessage() + "): ending, as at its end");
        }
        DaemonThreads.named("halt").newThread(Guarded::haltAfterLongestExit).start();
        System.exit(PARENT_GONE);
    }

    /** The program's shutdown hooks may wait for what died with the parent. */
    private static void haltAfterLongestExit() {
        try {
            Thread.sleep(LONGEST_EXIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(PARENT_GONE);
    }
}
