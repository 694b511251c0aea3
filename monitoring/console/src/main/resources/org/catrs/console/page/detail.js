// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
import { ask, pictureOf } from "./ask.js";
import { ballOf } from "./ball.js";
import { boundCurve } from "./chart.js";
import { facts, make, votes } from "./elements.js";
import { clock, down, odds, seconds, whole } from "./numbers.js";

const STOPS = {
  ALL_SAMPLES: "all samples of the plan were drawn",
  TARGET_REACHED: "the target radius was certified",
  TARGET_OUT_OF_REACH: "no further sample was likely to help",
  PRECISE_ENOUGH: "more samples would have given little more",
  DEADLINE: "the time was up",
  SHUTDOWN: "the service was stopped",
  BACK_PRESSURE: "too many images were waiting",
};

/** What a radius is in pixels that somebody can picture. */
export function inPixels(radius) {
  const flipped = Math.floor(radius * radius);
  return flipped >= 1
    ? `That is as much as ${flipped === 1 ? "one pixel" : `${whole(flipped)} pixels`} turned from black to white, or less in many pixels at once.`
    : `That is less than one pixel turned from black to white: one pixel by ${Math.floor(radius * 255)} of 255 steps, or less in many pixels at once.`;
}

function promise(tile, certificate) {
  if (tile.outcome === "ABSTAINED") {
    return [
      make("p", { class: "promise" }, "It promises nothing. The samples did not show that any class has more than half of the votes, and the certifier does not guess."),
      make("p", { class: "soft" }, "Images abstain that lie near a border between two classes, or that look like nothing the model knows. More samples help only where one class is just above one half."),
    ];
  }
  const label = tile.name ?? String(tile.label);
  return [
    make(
      "p",
      { class: "promise" },
      `For every 8-bit image at an L2 distance below ${down(tile.radius)} (pixels from 0 to 1), the smoothed classifier says “${label}”, too. `,
      inPixels(tile.radius),
    ),
    make("p", {}, `By bad luck with the noise it is wrong with a probability of at most ${certificate.alpha}, ${odds(certificate.alpha)}: that is alpha. Nothing is assumed about the network.`),
    make(
      "div",
      { class: "lesson" },
      make("p", {}, make("strong", {}, "What it does not promise: "), `that “${label}” is true. Pure noise is certified as an “8”. Nor does it speak of shifts, rotations or other light, which change many pixels by more than this, or of another model.`),
      tile.trueLabel !== null && tile.trueLabel !== tile.label
        ? make("p", {}, make("strong", {}, "Here it is wrong: "), `the producer says that the class is ${tile.trueLabel}. The label is certified, and it is not right.`)
        : null,
    ),
  ];
}

function save(certificate, name) {
  const link = make("a", { href: URL.createObjectURL(new Blob([`${JSON.stringify(certificate)}\n`], { type: "application/json" })), download: name });
  link.click();
  URL.revokeObjectURL(link.href);
}

/** As a shell takes it for one word: the command is there to be pasted. */
function word(text) {
  return /^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function replay(tile, certificate) {
  const { origin } = certificate;
  const image = origin
    ? `mkdir -p images && kcat -b BROKER:9092 -C -t ${word(origin.topic)} -p ${origin.partition} -o ${origin.offset} -c 1 -e -D '' > images/image.png\n`
    : "";
  const command = `${image}deploy/catrs replay --certificates certificate.jsonl --images images --model ${word(tile.model)}`;
  return [
    make("h3", {}, "Check it"),
    make("p", {}, "Save the certificate, fetch the image, and draw all of its noise again: every vote has to be the same."),
    make("pre", { tabIndex: 0 }, command),
    make(
      "div",
      { class: "tools" },
      make("button", { type: "button", onclick: () => save(certificate, "certificate.jsonl") }, "Save certificate.jsonl"),
    ),
  ];
}

function ball(tile, told) {
  const model = told.state.models.find(({ name, version }) => name === tile.model && version === tile.version);
  if (!told.state.trials || !told.state.pictures || tile.outcome !== "CERTIFIED" || !tile.image || !model) return null;
  const image = async () => (await fetch(pictureOf(tile))).blob();
  return ballOf({ image, label: tile.label, radius: tile.radius, model });
}

function certificateSheet(tile, { certificate, attempts }, told) {
  const names = [];
  if (certificate.label !== null && certificate.className !== null) names[certificate.label] = certificate.className;
  const sampling = certificate.sampling;
  const around = ball(tile, told);
  const curves = attempts.map((attempt, index) => ({ attempt, index, element: make("div", { class: "chart" }) }));
  const sheet = make(
    "div",
    {},
    make("h3", {}, "What it promises"),
    promise(tile, certificate),
    around?.element,
    make("h3", {}, `Votes of ${whole(certificate.n)} noisy copies`),
    votes(certificate.estimationCounts, names, certificate.n, certificate.candidate),
    curves.map(({ attempt, index, element }) => [
      make("h3", {}, curves.length > 1 ? `Looks of attempt ${index + 1}, at class ${attempt.candidate}` : "The bound, look by look"),
      make(
        "p",
        { class: "soft small" },
        attempt.looks.length > 1
          ? `The plan looked ${attempt.looks.length} times at its counts; the best bound counts, and all hold together. Above one half there is a radius.`
          : "The plan looked once, at the end. Above one half there is a radius.",
      ),
      attempt.looks.length > 1 ? element : null,
      make(
        "details",
        {},
        make("summary", {}, "As a table"),
        make(
          "div",
          { class: "scroll", tabIndex: 0, role: "region", "aria-label": "Looks" },
          make(
            "table",
            {},
            make("thead", {}, make("tr", {}, ["samples", "votes", "lower bound", "radius"].map((name) => make("th", { scope: "col", class: "right" }, name)))),
            make(
              "tbody",
              {},
              attempt.looks.map((look) =>
                make("tr", {}, [whole(look.n), whole(look.count), down(look.lowerBound, 5), down(look.radius)].map((text) => make("td", { class: "right number" }, text))),
              ),
            ),
          ),
        ),
      ),
    ]),
    make("h3", {}, "Facts"),
    facts([
      ["Model", `${certificate.model.name} ${certificate.model.version}`],
      ["Network (SHA-256)", make("code", {}, certificate.model.sha256)],
      ["Image (SHA-256)", make("code", {}, certificate.imageSha256)],
      ["Image from", certificate.origin ? `${certificate.origin.topic}, partition ${certificate.origin.partition}, offset ${certificate.origin.offset}` : "not said"],
      ["sigma, alpha", `${certificate.sigma}, ${certificate.alpha}`],
      ["Lower bound (p_A)", down(certificate.probabilityLowerBound, 6)],
      ["Plan", `${certificate.plan}${sampling?.targetRadius ? `, target radius ${sampling.targetRadius}` : ""}${sampling ? `; ended because ${STOPS[sampling.stop]}` : ""}`],
      ["Samples", `${whole(certificate.n0)} to choose the class, ${whole(tile.samples - certificate.n0)} to bound it`],
      ["Time", seconds(certificate.seconds)],
      ["Ran on", `${certificate.engine.name} ${certificate.engine.version}, ${certificate.engine.provider}, ${certificate.engine.precision}`],
      ["Seed", certificate.noiseKey ? `forced by the noise key ${certificate.noiseKey}` : "of chance; nothing shows that it was not chosen"],
      ["Signature", certificate.signingKey ? `by the key ${certificate.signingKey}` : "not signed"],
    ]),
    replay(tile, certificate),
    make("details", {}, make("summary", {}, "The whole certificate as JSON"), make("pre", { class: "tall", tabIndex: 0 }, JSON.stringify(certificate, null, 2))),
  );
  return {
    sheet,
    leave: around?.leave,
    draw: () => curves.filter(({ element }) => element.isConnected).forEach(({ attempt, element }) => boundCurve(element, attempt.looks)),
  };
}

function rejectionSheet(tile, { meaning, remedy }) {
  return {
    sheet: make(
      "div",
      {},
      make("h3", {}, "Why"),
      make("p", { class: "promise" }, meaning),
      make("h3", {}, "What to do"),
      make("p", {}, remedy),
      make("h3", {}, "Where it is"),
      facts([
        ["Reason", make("code", {}, tile.reason)],
        ["Image from", tile.image ? `${tile.image.topic}, partition ${tile.image.partition}, offset ${tile.image.offset}` : "not said"],
      ]),
      make("p", { class: "soft small" }, "The image stands whole on the topic of rejected images, with what was found in its headers. This page repeats nothing of what was sent."),
    ),
    draw: () => {},
  };
}

function title(tile) {
  if (tile.outcome === "CERTIFIED") return `“${tile.name ?? tile.label}” within ${down(tile.radius)}`;
  return tile.outcome === "ABSTAINED" ? "Abstained" : "Rejected";
}

export async function openDetail(tile, told) {
  const { pictures } = told.state;
  const dialog = document.getElementById("detail");
  const body = make("div", {}, make("p", { class: "soft" }, "Reading"));
  const close = make("button", { type: "button", onclick: () => dialog.close() }, "Close");
  dialog.replaceChildren(
    make(
      "div",
      { class: "sheet" },
      make(
        "div",
        { class: "sheet-head" },
        pictures && tile.image && tile.outcome !== "REJECTED" ? make("img", { src: pictureOf(tile), alt: "The image" }) : null,
        make("div", {}, make("h2", { id: "detail-title" }, title(tile)), make("p", { class: "soft" }, `Answered at ${clock(tile.answered)}`)),
        close,
      ),
      body,
    ),
  );
  dialog.showModal();
  try {
    const detail = await ask("/api/answer", { id: tile.id });
    const { sheet, draw, leave } = detail.certificate ? certificateSheet(tile, detail, told) : rejectionSheet(tile, detail);
    if (leave) dialog.addEventListener("close", leave, { once: true });
    body.replaceChildren(sheet);
    draw();
  } catch (error) {
    body.replaceChildren(make("p", { class: "problem", role: "alert" }, error.message));
  }
}
