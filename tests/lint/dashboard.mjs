// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0

// Checks a Grafana dashboard: its structure against Grafana's own types, and the conventions of Grafana's
// dashboard-linter, which has no package that could be installed here.
// Usage: node dashboard.mjs DASHBOARD.json...
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import Ajv from "ajv";
import { createGenerator } from "ts-json-schema-generator";

const here = dirname(fileURLToPath(import.meta.url));

function dashboardSchema() {
  const work = mkdtempSync(join(here, "node_modules", ".dashboard-"));
  try {
    const root = join(work, "root.ts");
    const tsconfig = join(work, "tsconfig.json");
    writeFileSync(root, 'import type { Dashboard } from "@grafana/schema";\nexport type GrafanaDashboard = Dashboard;\n');
    writeFileSync(tsconfig, '{"compilerOptions": {"moduleResolution": "bundler", "module": "esnext"}}');
    return createGenerator({ path: root, tsconfig, type: "GrafanaDashboard", skipTypeCheck: true, expose: "none" })
      .createSchema("GrafanaDashboard");
  } finally {
    rmSync(work, { recursive: true });
  }
}

function structureProblems(dashboard) {
  const validate = new Ajv({ strict: false, allErrors: true }).compile(dashboardSchema());
  // Grafana's types allow several kinds of panel, each failing one of several alternatives: its first errors tell most.
  return validate(dashboard) ? [] : validate.errors.slice(0, 10).map((e) => `${e.instancePath || "/"} ${e.message}`);
}

function variableProblems(variables) {
  const problems = [];
  const find = (name) => variables.find((variable) => variable.name === name);
  const datasource = find("datasource");
  if (datasource?.type !== "datasource" || datasource.query !== "prometheus" || datasource.label !== "Data source") {
    problems.push("needs one variable 'datasource' of type datasource, for prometheus, labelled 'Data source'");
  }
  for (const [name, label] of [["job", "Job"], ["instance", "Instance"]]) {
    const variable = find(name);
    if (!variable || variable.label !== label || !variable.multi || variable.allValue !== ".+" || variable.refresh !== 2
      || variable.datasource?.uid !== "$datasource") {
      problems.push(`needs a variable '${name}' labelled '${label}': multi, allValue '.+', refreshed on a change of the`
        + " time range, from $datasource");
    }
  }
  return problems;
}

function queryProblems(expression) {
  const problems = [];
  for (const [, name, selector] of expression.matchAll(/([a-zA-Z_:][\w:]*)\{([^}]*)\}/g)) {
    for (const label of ["job", "instance"]) {
      if (!selector.includes(`${label}=~"$${label}"`)) {
        problems.push(`${name} is not restricted to $${label}`);
      }
    }
  }
  for (const [, range] of expression.matchAll(/\[([^\]]*)\]/g)) {
    if (range !== "$__rate_interval") {
      problems.push(`range [${range}] is not [$__rate_interval]`);
    }
  }
  for (const match of expression.matchAll(/(\w+_(?:total|bucket|sum|count))\{/g)) {
    if (!/(rate|increase)\($/.test(expression.slice(0, match.index))) {
      problems.push(`counter ${match[1]} is used without rate or increase`);
    }
  }
  return problems;
}

function panelProblems(panel) {
  const problems = [];
  if (panel.type === "row") {
    return panel.title ? [] : ["row has no title"];
  }
  if (!panel.title) problems.push("has no title");
  if (!panel.description) problems.push("has no description");
  if (!panel.fieldConfig?.defaults?.unit) problems.push("has no unit");
  if (panel.datasource?.uid !== "$datasource") problems.push("does not use $datasource");
  if (!panel.targets?.length) problems.push("has no query");
  for (const target of panel.targets ?? []) {
    if (target.datasource?.uid !== "$datasource") problems.push(`query ${target.refId} does not use $datasource`);
    if (!target.legendFormat) problems.push(`query ${target.refId} has no legend`);
    problems.push(...queryProblems(target.expr));
  }
  return problems.map((problem) => `panel ${panel.id} '${panel.title}': ${problem}`);
}

function layoutProblems(panels) {
  const problems = [];
  const overlap = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
  panels.forEach((panel, index) => {
    if (panel.gridPos.x + panel.gridPos.w > 24) problems.push(`panel ${panel.id} is wider than the grid`);
    for (const other of panels.slice(index + 1)) {
      if (other.id === panel.id) problems.push(`two panels have the id ${panel.id}`);
      if (overlap(panel.gridPos, other.gridPos)) problems.push(`panels ${panel.id} and ${other.id} overlap`);
    }
  });
  return problems;
}

function problemsOf(dashboard) {
  return [
    ...structureProblems(dashboard),
    ...(dashboard.uid ? [] : ["has no uid"]),
    ...(dashboard.editable === false ? [] : ["is editable"]),
    ...variableProblems(dashboard.templating?.list ?? []),
    ...dashboard.panels.flatMap(panelProblems),
    ...layoutProblems(dashboard.panels),
  ];
}

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error("usage: node dashboard.mjs DASHBOARD.json...");
  process.exit(2);
}
let failed = false;
for (const file of files) {
  const problems = problemsOf(JSON.parse(readFileSync(file, "utf8")));
  problems.forEach((problem) => console.error(`${file}: ${problem}`));
  failed ||= problems.length > 0;
  console.log(`${file}: ${problems.length} problems`);
}
process.exit(failed ? 1 : 0);
