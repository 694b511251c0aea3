// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
//
// Makes the table of a chart's values, of the comments in its values.yaml that begin with "# --", between two marks of its
// README.md; and checks that values.schema.json knows the same values.
// usage: node values.mjs CHART [--write]     without --write, a table that is not up to date is a problem
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

const MARKS = /(<!-- values -->\n)[^]*(<!-- end of values -->)/;

/** KEY, DEFAULT and MEANING of each value that is no map of others, in the order of the file. */
function rowsOf(text) {
  const values = parse(text);
  const rows = [];
  const path = [];
  let meaning = "";
  let meanings = [];
  for (const line of text.split("\n")) {
    const comment = /^\s*# -- (.*)$/.exec(line);
    const key = /^( *)([\w-]+):(?: (.*))?$/.exec(line);
    if (comment) {
      meaning = comment[1];
    } else if (key) {
      const depth = key[1].length / 2;
      path.length = depth;
      meanings.length = depth;
      path.push(key[2]);
      meanings.push(meaning);
      const value = path.reduce((map, name) => map?.[name], values);
      // A map is told as a whole where nothing in it is told apart.
      const isMap = value !== null && typeof value === "object" && !Array.isArray(value) && Object.keys(value).length > 0;
      const inFlow = key[3] !== undefined && key[3] !== "";
      if (value !== undefined && (!isMap || inFlow)) {
        rows.push([path.join("."), value === "" ? "" : `\`${JSON.stringify(value)}\``, meaning || meanings.findLast((text) => text !== "") || "as a pod has it"]);
      }
      meaning = "";
    }
  }
  return rows;
}

const [chart, ...options] = process.argv.slice(2);
const rows = rowsOf(readFileSync(join(chart, "values.yaml"), "utf8"));
const cell = (text) => text.replaceAll("|", "\\|");
const table = ["| Value | Default | Meaning |", "| --- | --- | --- |"]
  .concat(rows.map(([key, value, meaning]) => `| \`${key}\` | ${cell(value)} | ${cell(meaning)} |`))
  .join("\n");
const page = join(chart, "README.md");
const before = readFileSync(page, "utf8");
const after = before.replace(MARKS, `$1${table}\n$2`);
let failed = false;
if (options.includes("--write")) {
  writeFileSync(page, after);
} else if (before !== after) {
  console.error(`${page}: the table of values is not that of values.yaml; node tests/lint/values.mjs ${chart} --write`);
  failed = true;
}
const schema = JSON.parse(readFileSync(join(chart, "values.schema.json"), "utf8"));
for (const [key] of rows) {
  let at = schema;
  for (const name of key.split(".")) {
    at = at === true || at.properties === undefined ? at : at.properties[name];
    if (at === undefined) {
      console.error(`${chart}/values.schema.json: does not know ${key}`);
      failed = true;
      break;
    }
  }
}
process.exit(failed ? 1 : 0);
