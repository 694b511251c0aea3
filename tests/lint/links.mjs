// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
//
// Checks the links of Markdown pages, without the network: a file that a page links to exists, a heading that it links to
// stands in that file, a picture has a text for who cannot see it, a reference has its definition.
// usage: node tests/lint/links.mjs PAGE.md...
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, extname, join, normalize } from "node:path";

const anchorsOf = new Map();

/** A page's lines, with those of fenced code made blank: what looks like a link there is none. */
function prose(page) {
  let fence = "";
  return readFileSync(page, "utf8").split("\n").map((line) => {
    const mark = /^\s*(```+|~~~+)/.exec(line)?.[1] ?? "";
    if (fence) {
      if (mark.startsWith(fence)) fence = "";
      return "";
    }
    fence = mark;
    return mark ? "" : line;
  });
}

/** The name that GitHub gives a heading: lower case, punctuation left out, blanks as hyphens, repeated names numbered. */
function anchors(page) {
  if (!anchorsOf.has(page)) {
    const names = new Set();
    const times = new Map();
    for (const line of prose(page)) {
      const heading = /^#{1,6}\s+(.*?)\s*#*$/.exec(line)?.[1];
      if (heading !== undefined) {
        const text = heading.replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1");
        const name = text.toLowerCase().replace(/[^\p{L}\p{N}\p{M}_ -]/gu, "").replaceAll(" ", "-");
        const earlier = times.get(name) ?? 0;
        times.set(name, earlier + 1);
        names.add(earlier === 0 ? name : `${name}-${earlier}`);
      }
      for (const [, id] of line.matchAll(/<a (?:id|name)="([^"]+)"/g)) names.add(id);
    }
    anchorsOf.set(page, names);
  }
  return anchorsOf.get(page);
}

function problemOf(page, target) {
  if (/^(https:|mailto:)/.test(target)) return "";
  if (/^[a-z]+:/.test(target)) return "is of no scheme that a reader can follow";
  const [path, anchor] = target.split("#").map(decodeURIComponent);
  const file = path === "" ? page : normalize(join(dirname(page), path));
  if (file.startsWith("..")) return "leads out of the repository";
  if (!existsSync(file)) return "is no file or folder here";
  if (anchor === undefined) return "";
  if (!statSync(file).isFile() || extname(file) !== ".md") return "names a heading of what is no Markdown page";
  return anchors(file).has(anchor) ? "" : `there is no heading for #${anchor}`;
}

let problems = 0;
function complain(page, line, what) {
  console.error(`${page}:${line}: ${what}`);
  problems++;
}

const pages = process.argv.slice(2);
for (const page of pages) {
  const lines = prose(page).map((line) => line.replace(/(`+).*?\1/g, "code"));
  const defined = new Map();
  for (const line of lines) {
    const definition = /^\[([^\]]+)\]:\s*(\S+)/.exec(line);
    if (definition) defined.set(definition[1].toLowerCase(), definition[2]);
  }
  lines.forEach((line, index) => {
    const targets = [
      ...[...line.matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g)].map((match) => match[1]),
      ...[...line.matchAll(/(?:src|href|srcset)="([^"]+)"/g)].map((match) => match[1]),
      ...(/^\[[^\]]+\]:\s*(\S+)/.exec(line)?.slice(1) ?? []),
    ];
    for (const target of targets) {
      const problem = problemOf(page, target);
      if (problem) complain(page, index + 1, `${target}: ${problem}`);
    }
    for (const [, reference] of line.matchAll(/\]\[([^\]]+)\]/g)) {
      if (!defined.has(reference.toLowerCase())) complain(page, index + 1, `[${reference}] is defined nowhere`);
    }
    if (/!\[\s*\]\(|<img (?![^>]*alt="[^"])/.test(line)) complain(page, index + 1, "a picture has no text in its place");
  });
}
if (pages.length === 0) complain("links.mjs", 0, "no page was named");
process.exit(problems === 0 ? 0 : 1);
