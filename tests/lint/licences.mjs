// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0

// Checks what the programs run on: each component has a licence of the list (one of several, where it offers several),
// and NOTICE names it unless that licence is the project's own.
// Usage: node licences.mjs LICENCES NOTICE BOM
import { readFileSync } from "node:fs";

const OWN = "Apache-2.0";

const [licencesFile, noticeFile, bomFile] = process.argv.slice(2);
const { allowed, read } = JSON.parse(readFileSync(licencesFile, "utf8"));
const notice = readFileSync(noticeFile, "utf8");
const components = JSON.parse(readFileSync(bomFile, "utf8")).components.filter(({ group }) => group !== "org.catrs");

/** Names of SPDX, or the publisher's own words. */
function licencesOf({ name, licenses = [] }) {
  return licenses
    .flatMap(({ expression, license }) => expression?.split(/ OR |[()]/) ?? [license.id ?? license.name])
    .map((licence) => (read[licence]?.of.includes(name) ? read[licence].is : licence));
}

const problems = [];
for (const component of components) {
  const licences = licencesOf(component);
  const name = `${component.group}:${component.name}:${component.version}`;
  if (!licences.some((licence) => licence in allowed)) {
    problems.push(`${name} is under ${licences.join(", ") || "no licence"}, which ${licencesFile} does not allow`);
  } else if (!licences.includes(OWN) && !new RegExp(`(?<![\\w-])${component.name}(?![\\w-])`).test(notice)) {
    problems.push(`${name} is under ${licences.join(", ")}, and ${noticeFile} does not name it`);
  }
}
if (components.length < 20) {
  problems.push(`${bomFile} lists ${components.length} components, and so is not whole`);
}
problems.forEach((problem) => console.error(problem));
console.log(`${components.length} components, ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);
