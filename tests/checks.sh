# Copyright the catrs authors.
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# Checks that have names, and a summary of them, for the scripts beside this one. They run in the folder of the project.

summary=""
problems=""
failures=0
notes=$(mktemp -d) || exit
trap 'rm -rf "$notes"' EXIT
trap 'exit 130' INT
trap 'exit 143' HUP TERM
touch "$notes/began"

# The lines of its output that a failed check shows again in the summary.
last_lines=20

record() { # OUTCOME NAME DETAIL
    summary="$summary$(printf '%-7s  %-28s  %s' "$1" "$2" "$3")
"
}

check() { # NAME COMMAND...
    name=$1
    shift
    echo "== $name"
    began=$(date +%s)
    {
        "$@" 2>&1
        echo $? >"$notes/code"
    } | tee "$notes/output"
    seconds=$(($(date +%s) - began))
    if [ "$(cat "$notes/code")" -eq 0 ]; then
        record passed "$name" "$seconds s"
    else
        record FAILED "$name" "$seconds s: $*"
        failures=$((failures + 1))
        problems="$problems
-- the last lines of: $name
$(tail -n "$last_lines" "$notes/output")
"
    fi
}

# Says what was checked; a success only when nothing failed. To be called last.
conclude() {
    slowest=$(test_classes_by_seconds | head -10)
    [ -z "$slowest" ] || printf '\nthe slowest test classes, in seconds:\n%s\n' "$slowest"
    printf '%s\n%s' "$problems" "$summary"
    if [ "$failures" -ne 0 ]; then
        echo "$failures failed"
        return 1
    fi
    echo "all passed"
}

# Reports of tests that ran since this script began.
reports() {
    find . -path '*/target/surefire-reports/TEST-*.xml' -newer "$notes/began"
}

# SECONDS CLASS of each test class that ran, the slowest first.
test_classes_by_seconds() {
    reports | while read -r report; do
        sed -n '/<testsuite /{s/.* name="\([^"]*\)" time="\([^"]*\)".*/\2 \1/p;q;}' "$report"
    done | tr -d , | sort -rn
}

# A test that was skipped is no failure, but it must be seen, and with its reason.
record_skipped_tests() {
    for report in $(reports); do
        name=$(basename "$report" .xml | sed 's/.*\.//')
        tr '\n' ' ' <"$report" | sed 's/<skipped/\n&/g' |
            sed -n 's/^<skipped message="\([^"]*\)".*/\1/p; t; s/^<skipped.*/no reason is given/p' |
            sort | uniq -c >"$notes/skipped"
        while read -r count reason; do
            record skipped "$name" "$count tests: $reason"
        done <"$notes/skipped"
    done
}

# The pictures and data sets of which some tests run only if they are there.
if [ -z "${CATRS_DATA:-}" ] && [ -d ../shared/data ]; then
    CATRS_DATA=$(cd ../shared/data && pwd)
    export CATRS_DATA
fi
