// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0

// Checks manifests of Kubernetes, such as a rendered chart: each against the schema of its kind, and against its type, so
// that a field that the kind does not have is found, too. Kinds of Strimzi, KEDA and the Prometheus operator are among
// them; a kind that is unknown is a problem.
// Usage: node manifests.mjs MANIFESTS.yaml...
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import Ajv from "ajv";
import { createGenerator } from "ts-json-schema-generator";
import { parseAllDocuments } from "yaml";

const here = dirname(fileURLToPath(import.meta.url));
const PACKAGES = {
  "kafka.strimzi.io": "@kubernetes-models/strimzi-kafka-operator",
  "keda.sh": "@kubernetes-models/keda",
  "monitoring.coreos.com": "@kubernetes-models/prometheus-operator",
};

function moduleOf({ apiVersion, kind }) {
  const group = apiVersion.includes("/") ? apiVersion.split("/")[0] : "";
  return `${PACKAGES[group] ?? "kubernetes-models"}/${apiVersion}/${kind}`;
}

/** Where a kind takes fields of any name, its type is an object without fields. */
function open(schema) {
  if (schema === null || typeof schema !== "object") {
    return schema;
  }
  const opened = Array.isArray(schema)
    ? schema.map(open)
    : Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, open(value)]));
  if (opened.type === "object" && opened.properties === undefined && opened.additionalProperties === false) {
    delete opened.additionalProperties;
  }
  return opened;
}

function strictSchemas(kinds) {
  const work = mkdtempSync(join(here, "node_modules", ".manifests-"));
  try {
    const root = join(work, "root.ts");
    const tsconfig = join(work, "tsconfig.json");
    writeFileSync(root, kinds.map(({ module, kind }, i) =>
      `import type { I${kind} as T${i} } from "${module}";\nexport type K${i} = T${i};\n`).join(""));
    writeFileSync(tsconfig, '{"compilerOptions": {"moduleResolution": "bundler", "module": "esnext"}}');
    const generator = createGenerator({ path: root, tsconfig, skipTypeCheck: true, expose: "none" });
    return kinds.map((_, i) => open(generator.createSchema(`K${i}`)));
  } finally {
    rmSync(work, { recursive: true });
  }
}

const manifests = new Map();
let problems = 0;
function complain(where, problem) {
  console.error(`${where}: ${problem}`);
  problems += 1;
}

for (const file of process.argv.slice(2)) {
  for (const document of parseAllDocuments(readFileSync(file, "utf8"), { uniqueKeys: true })) {
    document.errors.forEach((error) => complain(file, error.message));
    const manifest = document.toJS();
    if (manifest !== null) {
      const text = JSON.stringify(manifest);
      manifests.set(text, manifests.get(text) ?? { file, manifest });
    }
  }
}
if (manifests.size === 0) {
  complain("usage", "no manifest is given");
}

const kinds = new Map();
for (const { manifest } of manifests.values()) {
  const module = moduleOf(manifest);
  kinds.set(module, { module, kind: manifest.kind });
}
const known = [];
for (const kind of kinds.values()) {
  try {
    kind.model = (await import(kind.module))[kind.kind];
    known.push(kind);
  } catch (error) {
    complain(kind.module, `this kind is not known: ${error.message}`);
  }
}
strictSchemas(known).forEach((schema, i) => {
  known[i].strict = new Ajv({ strict: false, allErrors: true }).compile(schema);
});

for (const { file, manifest } of manifests.values()) {
  const { model, strict } = kinds.get(moduleOf(manifest));
  const where = `${file}: ${manifest.kind} ${manifest.metadata?.name}`;
  if (model !== undefined) {
    try {
      new model(manifest).validate();
    } catch (error) {
      complain(where, error.message);
    }
    if (!strict(manifest)) {
      strict.errors.slice(0, 5).forEach((e) =>
        complain(where, `${e.instancePath || "/"} ${e.message} ${JSON.stringify(e.params)}`));
    }
  }
}
console.log(`${manifests.size} manifests of ${kinds.size} kinds, ${problems} problems`);
process.exit(problems === 0 ? 0 : 1);
