// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
import { facts, make } from "./elements.js";
import { clock, down, whole } from "./numbers.js";

/** Shares of labels, and radii, of some answers. */
function shape(tiles) {
  const labels = new Map();
  const radii = [];
  for (const tile of tiles) {
    if (tile.outcome !== "CERTIFIED") continue;
    const label = tile.name ?? String(tile.label);
    labels.set(label, (labels.get(label) ?? 0) + 1);
    radii.push(tile.radius);
  }
  radii.sort((one, other) => one - other);
  return { labels, radii };
}

function table(caption, heads, rows) {
  return make(
    "div",
    { class: "scroll", tabIndex: 0, role: "region", "aria-label": caption },
    make(
      "table",
      {},
      make("caption", { class: "hidden" }, caption),
      make("thead", {}, make("tr", {}, heads.map((head, index) => make("th", { scope: "col", class: index > 0 ? "right" : "" }, head)))),
      make("tbody", {}, rows.map((row) => make("tr", {}, row.map((cell, index) => (index > 0 ? make("td", { class: "right number" }, cell) : make("th", { scope: "row" }, cell)))))),
    ),
  );
}

const percent = (share) => `${(100 * share).toFixed(1)}%`;

export function healthView(told) {
  const state = make("div");
  const balance = make("div");
  const shifts = make("div");
  const minutes = make("div");
  const now = make("div");

  function drawNow() {
    const health = told.now?.health;
    if (!health) return;
    state.replaceChildren(
      facts([
        ["Lives", health.live ? "yes" : "no: it should be restarted"],
        ["Does its work", health.ready ? "yes" : "no"],
        ["State", health.state],
        ["In words", health.detail],
      ]),
    );
    const figures = told.now.figures;
    if (!figures) return;
    const part = (name, value) => make("span", {}, make("span", { class: "number" }, whole(value)), ` ${name}`);
    balance.replaceChildren(
      make("h3", {}, "Every image leaves once"),
      make(
        "p",
        { class: "balance" },
        part("received", figures.received),
        "=",
        part("certified", figures.certified),
        "+",
        part("abstained", figures.abstained),
        "+",
        part("rejected", figures.rejected),
        "+",
        part("at hand", told.now.atHand),
      ),
      make("p", { class: "soft small" }, "Of this instance since it started. At hand are images that are worked on, and such as were given up to another instance when a partition moved."),
    );
  }

  function drawTold() {
    const shown = told.events.filter(({ kind }) => kind === "ShiftEvent").map(({ event }) => event).reverse();
    const latest = new Map();
    for (const shift of [...shown].reverse()) latest.set(`${shift.model} ${shift.version} ${shift.plan} ${shift.targetRadius} ${shift.measure}`, shift);
    const lasting = [...latest.values()].filter((shift) => shift.state === "BEGAN");
    shifts.replaceChildren(
      make("h3", {}, "Shifts from the baseline"),
      make("p", {}, lasting.length === 0 ? "None lasts now, as far as the topic tells." : `${lasting.length === 1 ? "One lasts" : `${lasting.length} last`} now.`),
      make(
        "ul",
        { class: "events" },
        shown.slice(0, 12).map((shift) =>
          make(
            "li",
            {},
            make("strong", {}, shift.state === "BEGAN" ? "Began: " : "Ended: "),
            `${shift.measure.toLowerCase()} of ${shift.model} ${shift.version}, ${shift.share}: ${percent(shift.baseline)} in the baseline, ${percent(shift.now)} among the ${whole(shift.images)} images that showed it `,
            make("span", { class: "soft small" }, new Date(shift.time).toLocaleString()),
          ),
        ),
      ),
    );
    const rates = told.events.filter(({ kind }) => kind === "CertificationRates").map(({ event }) => event).slice(-20).reverse();
    minutes.replaceChildren(
      make("h3", {}, "Minute by minute, all instances"),
      rates.length === 0
        ? make("p", { class: "soft" }, "No minute has been told yet.")
        : table(
            "What became of the images of each minute",
            ["Minute", "Images", "Certified", "Abstained", "Rejected", "Median radius / sigma"],
            rates.map((minute) => {
              const sum = (counts) => Object.values(counts).reduce((total, count) => total + count, 0);
              return [
                `${clock(minute.begin)} ${minute.model}`,
                whole(minute.images),
                percent(sum(minute.certified) / minute.images),
                percent(minute.abstained / minute.images),
                percent(sum(minute.rejected) / minute.images),
                minute.radius ? down(minute.radius.p50, 2) : "none",
              ];
            }),
          ),
    );
  }

  function drawTiles() {
    const half = Math.floor(told.tiles.length / 2);
    const before = shape(told.tiles.slice(0, half));
    const after = shape(told.tiles.slice(half));
    const labels = [...new Set([...before.labels.keys(), ...after.labels.keys()])].sort();
    const share = ({ labels: counts, radii }, label) => (radii.length === 0 ? "none" : percent((counts.get(label) ?? 0) / radii.length));
    const quantile = ({ radii }, at) => (radii.length === 0 ? "none" : down(radii[Math.floor(at * (radii.length - 1))]));
    now.replaceChildren(
      make("h3", {}, "Labels and radii of the last answers"),
      make("p", { class: "soft small" }, `The later half of the last ${whole(told.tiles.length)} answers beside the earlier half, of all models together. It is a look and no test: shifts above are tested against the baseline.`),
      table(
        "Labels and radii",
        ["Of the answers", "Earlier", "Later"],
        [
          ...labels.slice(0, 20).map((label) => [`label ${label}`, share(before, label), share(after, label)]),
          ...[0.1, 0.5, 0.9].map((at) => [`radius, ${percent(at).replace(".0", "")} below`, quantile(before, at), quantile(after, at)]),
        ],
      ),
    );
  }

  drawNow();
  drawTold();
  drawTiles();
  const certifies = told.state.certifies;
  return {
    element: make(
      "section",
      { "aria-labelledby": "health-title" },
      make("h2", { id: "health-title" }, "Health"),
      make("div", { class: "masonry" }, make("div", { class: "card" }, state, balance), certifies ? [shifts, minutes, now].map((part) => make("div", { class: "card" }, part)) : null),
    ),
    update: (what) => ({ now: drawNow, told: drawTold, tiles: drawTiles })[what](),
  };
}
