// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
import { pictureOf } from "./ask.js";
import { openDetail } from "./detail.js";
import { make } from "./elements.js";
import { clock, down, seconds, whole } from "./numbers.js";

const MOST_SHOWN = 96;
const WORDS = { CERTIFIED: "certified", ABSTAINED: "abstained", REJECTED: "rejected" };

/** What a class is called where it is short, such as in a tile. */
function labelOf(tile) {
  return tile.name ?? (tile.label === null ? "" : String(tile.label));
}

function ruler(tile) {
  const longest = Math.max(4 * tile.sigma, tile.radius, tile.targetRadius ?? 0);
  const reach = make("div", { class: "reach" });
  reach.style.width = `${(100 * tile.radius) / longest}%`;
  const sigma = make("div", { class: "mark" });
  sigma.style.left = `${(100 * tile.sigma) / longest}%`;
  const target = tile.targetRadius ? make("div", { class: "mark target" }) : null;
  if (target) target.style.left = `${(100 * tile.targetRadius) / longest}%`;
  return make("div", { class: "ruler", "aria-hidden": "true" }, reach, sigma, target);
}

function face(tile, pictures) {
  const word = WORDS[tile.outcome];
  const label = labelOf(tile);
  const picture =
    pictures && tile.image && tile.outcome !== "REJECTED"
      ? make("img", { src: pictureOf(tile), alt: "", loading: "lazy", onerror: ({ target }) => target.replaceWith(make("span", { class: "blank" })) })
      : make("span", { class: "blank" });
  const isWrong = tile.trueLabel !== null && tile.label !== null && tile.trueLabel !== tile.label;
  return make(
    "div",
    { class: "face" },
    picture,
    make(
      "div",
      { class: "what" },
      tile.outcome === "CERTIFIED"
        ? [
            make("span", { class: label.length > 4 ? "label long" : "label" }, label),
            make("span", { class: "word certified" }, `within ${down(tile.radius)}`),
            isWrong ? make("span", { class: "word wrong" }, ` not ${tile.trueLabel}`) : null,
          ]
        : [make("span", { class: `word ${word}` }, word), tile.reason ? make("span", { class: "reason" }, tile.reason.replaceAll("_", " ").toLowerCase()) : null],
    ),
  );
}

function tileElement(tile, told) {
  const isJudged = tile.outcome !== "REJECTED";
  return make(
    "li",
    {},
    make(
      "button",
      { class: "tile", type: "button", onclick: () => openDetail(tile, told) },
      face(tile, told.state.pictures),
      isJudged ? ruler(tile) : null,
      make(
        "div",
        { class: "foot" },
        isJudged ? make("span", {}, `${tile.model} ${tile.version}`) : null,
        isJudged ? make("span", {}, `${whole(tile.samples)} samples, ${seconds(tile.seconds)}`) : null,
        make("span", {}, clock(tile.answered)),
      ),
    ),
  );
}

function choice(name, values, all, onchange) {
  const select = make("select", { id: `filter-${name}`, onchange }, make("option", { value: "" }, all), values.map((value) => make("option", { value }, value)));
  return { label: make("label", { for: `filter-${name}` }, `${name[0].toUpperCase()}${name.slice(1)} `, select), select };
}

export function streamView(told) {
  const outcomes = new Set(["CERTIFIED", "ABSTAINED", "REJECTED"]);
  let wanted = { label: "", model: "" };
  let isHeld = false;
  let held = null;

  const figures = make("ul", { class: "figures" });
  const problem = make("div", { role: "alert" });
  const list = make("ul", { class: "tiles", "aria-label": "Answers, the latest first" });
  const note = make("p", { class: "soft small" });
  const hold = make("button", { type: "button", "aria-pressed": "false", onclick: toggleHold }, "Hold still");
  const labels = choice("label", [], "all", ({ target }) => filter({ label: target.value }));
  const models = choice("model", [], "all", ({ target }) => filter({ model: target.value }));
  const filters = make(
    "div",
    { class: "bar-of-filters" },
    make(
      "fieldset",
      {},
      make("legend", { class: "hidden" }, "Outcomes"),
      Object.entries(WORDS).map(([outcome, word]) =>
        make("label", { class: "chip" }, make("input", { type: "checkbox", checked: true, value: outcome, onchange: toggleOutcome }), word),
      ),
    ),
    labels.label,
    models.label,
    hold,
  );

  function toggleOutcome({ target }) {
    if (target.checked) outcomes.add(target.value);
    else outcomes.delete(target.value);
    draw();
  }

  function filter(change) {
    wanted = { ...wanted, ...change };
    draw();
  }

  function toggleHold() {
    isHeld = !isHeld;
    held = isHeld ? told.tiles : null;
    hold.setAttribute("aria-pressed", String(isHeld));
    hold.textContent = isHeld ? "Go on" : "Hold still";
    draw();
  }

  function offer({ select }, values) {
    const known = new Set([...select.options].map((option) => option.value));
    for (const value of values) if (value && !known.has(value)) select.append(make("option", { value }, value));
  }

  function isWanted(tile) {
    return (
      outcomes.has(tile.outcome) && (!wanted.label || labelOf(tile) === wanted.label) && (!wanted.model || tile.model === wanted.model)
    );
  }

  /** What is on the page already stays, so that the focus and the pictures do. */
  function draw() {
    const tiles = held ?? told.tiles;
    offer(labels, [...new Set(tiles.map(labelOf))].sort());
    offer(models, [...new Set(tiles.map((tile) => tile.model))].sort());
    const shown = tiles.filter(isWanted).slice(-MOST_SHOWN).reverse();
    const old = new Map([...list.children].map((element) => [element.dataset.id, element]));
    const isFirst = old.size === 0;
    const elements = shown.map((tile) => {
      const known = old.get(tile.id);
      if (known) return known;
      const element = tileElement(tile, told);
      element.dataset.id = tile.id;
      if (!isFirst) element.firstChild.classList.add("fresh");
      return element;
    });
    const kept = new Set(elements);
    for (const element of [...list.children]) if (!kept.has(element)) element.remove();
    elements.forEach((element, index) => {
      if (list.children[index] !== element) list.insertBefore(element, list.children[index] ?? null);
    });
    note.textContent =
      shown.length === 0
        ? tiles.length === 0
          ? "No answer yet. Each image that is sent to the topic of images is answered here."
          : "No answer passes the filters."
        : `${whole(shown.length)} of the last ${whole(tiles.length)} answers of all instances${told.skipped > 0 ? `; ${whole(told.skipped)} came too fast to be shown` : ""}.`;
  }

  function drawFigures() {
    const now = told.now;
    if (!now?.figures) return;
    const { received, certified, abstained, rejected } = now.figures;
    const row = [
      ["received", received, ""],
      ["certified", certified, "certified"],
      ["abstained", abstained, "abstained"],
      ["rejected", rejected, "rejected"],
      ["being worked on", now.atHand, ""],
    ];
    figures.replaceChildren(
      ...row.map(([name, value, tone]) => make("li", {}, make("span", { class: `number ${tone}` }, whole(value)), make("span", { class: "soft small" }, name))),
    );
    problem.className = now.problem ? "problem" : "";
    if (problem.textContent !== now.problem) problem.textContent = now.problem;
  }

  drawFigures();
  draw();
  return {
    element: make(
      "section",
      { "aria-labelledby": "stream-title" },
      make("h2", { id: "stream-title" }, "Answers as they are given"),
      make("p", { class: "soft" }, "Images of this instance since it started; below, the answers of all instances. A tile opens its certificate."),
      figures,
      problem,
      filters,
      make(
        "p",
        { class: "legend" },
        make("span", {}, make("i"), "certified radius, L2 of pixels from 0 to 1"),
        make("span", {}, make("i", { class: "mark" }), "sigma of the noise"),
        make("span", {}, make("i", { class: "target" }), "target radius, where one is asked for"),
      ),
      note,
      list,
    ),
    update: (what) => {
      if (what === "now") drawFigures();
      if (what === "tiles" && !isHeld) draw();
    },
  };
}
