// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0

/** Makes an element. What comes from outside is only ever set as text. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "class") element.className = value;
    else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key in element && key !== "list" && key !== "width" && key !== "height") element[key] = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** The parts of a screen that are alike: a table of two columns. */
export function facts(rows) {
  return make(
    "table",
    {},
    make("tbody", {}, rows.map(([name, value]) => make("tr", {}, make("th", { scope: "row" }, name), make("td", {}, value)))),
  );
}

/** Shares of votes as bars, the most first. */
export function votes(counts, names, samples, top) {
  const rows = counts
    .map((count, index) => ({ count, index }))
    .filter(({ count, index }) => count > 0 || index === top)
    .sort((one, other) => other.count - one.count || one.index - other.index);
  const shown = rows.slice(0, 10);
  const others = counts.length - shown.length;
  const list = make(
    "ul",
    { class: "votes" },
    shown.map(({ count, index }) => {
      const fill = make("div", { class: "fill" });
      fill.style.width = `${samples > 0 ? (100 * count) / samples : 0}%`;
      return make(
        "li",
        { class: index === top ? "most" : "" },
        make("span", {}, names[index] ?? String(index)),
        make("div", { class: "track" }, fill),
        make("span", { class: "number" }, `${count.toLocaleString("en")} (${((100 * count) / Math.max(samples, 1)).toFixed(1)}%)`),
      );
    }),
  );
  const rest = rows.length > shown.length ? "with fewer votes" : "without a vote";
  return make("div", {}, list, others > 0 ? make("p", { class: "soft small" }, `${others} further ${others === 1 ? "class" : "classes"} ${rest}.`) : null);
}
