// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0

// Checks of a Dockerfile that the linters do not make: exec forms are JSON, and the container is not root's.
// Usage: node dockerfile.mjs DOCKERFILE...
import { readFileSync } from "node:fs";

function instructionsOf(text) {
  return text
    .replace(/^\s*#.*\n/gm, "")
    .replace(/\\\n/g, " ")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

function isStringList(text) {
  try {
    const list = JSON.parse(text);
    return Array.isArray(list) && list.every((item) => typeof item === "string");
  } catch {
    return false;
  }
}

function problemsOf(instructions) {
  const problems = [];
  for (const instruction of instructions) {
    const exec = /^(?:ENTRYPOINT|CMD|HEALTHCHECK\s.*?CMD)\s+(\[.*)$/i.exec(instruction);
    if (exec && !isStringList(exec[1])) {
      problems.push(`'${instruction}' is not a JSON list of strings`);
    }
  }
  const lastStage = instructions.findLastIndex((instruction) => /^FROM\s/i.test(instruction));
  const user = instructions.slice(lastStage).findLast((instruction) => /^USER\s/i.test(instruction));
  if (!user || /^USER\s+(root|0)\b/i.test(user)) {
    problems.push("its last stage needs a USER other than root");
  }
  return problems;
}

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error("usage: node dockerfile.mjs DOCKERFILE...");
  process.exit(2);
}
let failed = false;
for (const file of files) {
  const problems = problemsOf(instructionsOf(readFileSync(file, "utf8")));
  problems.forEach((problem) => console.error(`${file}: ${problem}`));
  failed ||= problems.length > 0;
}
process.exit(failed ? 1 : 0);
