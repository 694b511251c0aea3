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
  // Its types know the annotations of Grafana's own store alone, not those that a data source is asked for.
  const known = { ...dashboard, annotations: { list: [] } };
  // Grafana's types allow several kinds of panel, each failing one of several alternatives: its first errors tell most.
  return validate(known) ? [] : validate.errors.slice(0, 10).map((e) => `${e.instancePath || "/"} ${e.message}`);
}

// "All" must stand for the values that were found, not for whatever Prometheus has: allValue is empty.
function variableProblems(variables) {
  const problems = [];
  const find = (name) => variables.find((variable) => variable.name === name);
  const datasource = find("datasource");
  if (datasource?.type !== "datasource" || datasource.query !== "prometheus" || datasource.label !== "Data source") {
    problems.push("needs one variable 'datasource' of type datasource, for prometheus, labelled 'Data source'");
  }
  for (const name of ["job", "instance"]) {
    if (!find(name)) problems.push(`needs a variable '${name}'`);
  }
  for (const variable of variables.filter(({ type }) => type !== "datasource")) {
    const label = variable.name[0].toUpperCase() + variable.name.slice(1);
    if (variable.label !== label || !variable.multi || !variable.includeAll || variable.allValue !== ""
      || variable.refresh !== 2 || variable.datasource?.uid !== "$datasource") {
      problems.push(`variable '${variable.name}' is not labelled '${label}', multi, with All and an empty allValue,`
        + " refreshed on a change of the time range, from $datasource");
    }
    if (!/^label_values\(.+, \w+\)$/.test(variable.query?.query)) {
      problems.push(`variable '${variable.name}' does not ask for label_values(SELECTOR, LABEL)`);
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
    if (range !== "$__rate_interval" && range !== "$__range") {
      problems.push(`range [${range}] is neither [$__rate_interval] nor [$__range]`);
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
  if (!panel.description?.includes("?")) problems.push("has no description that asks what the panel answers");
  if (panel.type === "alertlist") {
    return problems.map((problem) => `panel ${panel.id} '${panel.title}': ${problem}`);
  }
  if (!panel.fieldConfig?.defaults?.unit) problems.push("has no unit");
  if (panel.datasource?.uid !== "$datasource") problems.push("does not use $datasource");
  if (!panel.targets?.length) problems.push("has no query");
  for (const target of panel.targets ?? []) {
    if (target.datasource?.uid !== "$datasource") problems.push(`query ${target.refId} does not use $datasource`);
    if (!target.legendFormat && target.format !== "table") problems.push(`query ${target.refId} has no legend`);
    problems.push(...queryProblems(target.expr));
  }
  return problems.map((problem) => `panel ${panel.id} '${panel.title}': ${problem}`);
}

function annotationProblems(annotations) {
  return annotations.flatMap(({ name, datasource, iconColor, target, titleFormat }) => [
    ...(name && iconColor && titleFormat ? [] : ["has no name, color or title"]),
    ...(datasource?.uid === "$datasource" ? [] : ["does not use $datasource"]),
    ...queryProblems(target.expr),
  ].map((problem) => `annotation '${name}': ${problem}`));
}

/** Each dashboard leads to all others, and shows which alerts fire. */
function linkProblems(dashboard, all) {
  const problems = all.filter(({ uid }) => uid !== dashboard.uid && !dashboard.links.some(({ url }) => url === `/d/${uid}`))
    .map(({ uid }) => `has no link to /d/${uid}`);
  if (!dashboard.panels.some(({ type }) => type === "alertlist")) problems.push("has no list of alerts");
  if (!dashboard.annotations?.list?.length) problems.push("has no annotations");
  return problems;
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

function problemsOf(dashboard, all) {
  return [
    ...structureProblems(dashboard),
    ...(dashboard.uid ? [] : ["has no uid"]),
    ...(dashboard.editable === false ? [] : ["is editable"]),
    ...variableProblems(dashboard.templating?.list ?? []),
    ...annotationProblems(dashboard.annotations?.list ?? []),
    ...linkProblems(dashboard, all),
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
const all = files.map((file) => JSON.parse(readFileSync(file, "utf8")));
files.forEach((file, index) => {
  const problems = problemsOf(all[index], all);
  problems.forEach((problem) => console.error(`${file}: ${problem}`));
  failed ||= problems.length > 0;
  console.log(`${file}: ${problems.length} problems`);
});
process.exit(failed ? 1 : 0);
