# Copyright the catrs authors.
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# Compiles the tests in the project's folder, and puts them on Java's class path, for the scripts beside this one. Through
# the environment, as in deploy/catrs.

mvn -q -B -pl tests -am test-compile dependency:build-classpath \
    -Dmdep.includeScope=test -Dmdep.outputFile=target/test-class-path
root=$PWD
CLASSPATH=$root/tests/target/test-classes:$(cat tests/target/test-class-path)
export CLASSPATH
